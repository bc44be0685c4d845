package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The list of free pages, where one is kept (bbolt, freelist.go). Only {@link PageMap} needs it.
 */
record Freelist(Set<Long> pages) {
  /** The count in the header when the true one is the first of the numbers. */
  private static final int COUNT_FOLLOWS = 0xffff;

  static Freelist read(Pages pages, MetaPage meta) throws IOException {
    long id = meta.freelistPage();
    if (id == MetaPage.NO_FREELIST) {
      return new Freelist(Set.of());
    }
    if (id < 2 || id >= pages.count()) {
      throw new CorruptDataException(
          pages.origin(meta.number()),
          0,
          "a free list that is not there",
          "page " + Long.toUnsignedString(id),
          "one of 2 to " + (pages.count() - 1));
    }
    PageHeader header = pages.header(id);
    if (header.id() != id
        || PageType.of(header.flags()).orElse(PageType.META) != PageType.FREELIST) {
      throw new CorruptDataException(
          pages.origin(id),
          0,
          "a free list in a page of another kind",
          header.typeText(),
          "freelist");
    }
    byte[] raw = pages.prefix(id, pages.wholeBytes(header));
    return new Freelist(decode(raw, header.count(), pages, id));
  }

  private static Set<Long> decode(byte[] raw, int said, Pages pages, long id)
      throws CorruptDataException {
    int fitting = (raw.length - PageHeader.BYTES) / Long.BYTES;
    boolean follows = said == COUNT_FOLLOWS && fitting > 0;
    int skipped = follows ? 1 : 0;
    long count = follows ? LittleEndian.i64(raw, PageHeader.BYTES) : said;
    if (count < 0 || count > fitting - skipped) {
      throw new CorruptDataException(
          pages.origin(id),
          10,
          "a free list longer than its page",
          String.valueOf(count),
          "at most " + fitting);
    }
    Set<Long> free = new HashSet<>();
    for (int i = skipped; i < skipped + count; i++) {
      free.add(LittleEndian.i64(raw, PageHeader.BYTES + i * Long.BYTES));
    }
    return free;
  }
}
