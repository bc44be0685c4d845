package drydock.bolt;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two meta pages of a file. The second lies one page after the first; when the first does not
 * tell how large a page is, the second is looked for at each power of two.
 */
record MetaPages(List<MetaPage> all) {
  private static final long MAGIC_OF_BIG_ENDIAN = 0xedda0cedL;

  static MetaPages read(ByteSource file) throws IOException {
    if (file.size() == 0) {
      throw new CorruptDataException(file.origin(), 0, "an empty file, not a Bolt database");
    }
    MetaPage first = at(file, 0, 0);
    MetaPage second = null;
    if (first != null && first.isSound()) {
      second = at(file, 1, first.pageBytes());
    } else {
      second = search(file);
      if (second == null && first != null && first.isPlausible()) {
        second = at(file, 1, first.pageBytes());
      }
    }
    List<MetaPage> all = new ArrayList<>();
    if (first != null) {
      all.add(first);
    }
    if (second != null) {
      all.add(second);
    }
    MetaPages pages = new MetaPages(List.copyOf(all));
    if (pages.byPreference().isEmpty()) {
      throw notBolt(file, first);
    }
    return pages;
  }

  /**
   * Those that can be used: the sound ones, then those with nothing but a wrong checksum; newest
   * first.
   */
  List<MetaPage> byPreference() {
    return all.stream()
        .filter(MetaPage::isPlausible)
        .sorted(
            (a, b) ->
                a.isSound() == b.isSound()
                    ? Long.compareUnsigned(b.transaction(), a.transaction())
                    : Boolean.compare(b.isSound(), a.isSound()))
        .toList();
  }

  /** Tells what is wrong with the pages, and which one is used. */
  void report(ByteSource file, MetaPage used, FindingLog log) {
    String choice =
        "; used is meta page " + used.number() + " (transaction " + used.transaction() + ")";
    for (MetaPage meta : all) {
      Origin origin = file.origin().child("page " + meta.number());
      if (!meta.isSound()) {
        log.add(
            Finding.damage(
                origin,
                PageHeader.BYTES,
                "meta page " + meta.number() + " is not sound" + choice,
                String.join(", ", meta.faults()),
                "magic, version, page size and checksum of a Bolt meta page"));
      } else if (!meta.hasMetaHeader()) {
        log.add(
            Finding.damage(
                origin,
                8,
                "the header of meta page " + meta.number() + " is wrong; its record is sound",
                "type " + meta.headerFlags(),
                "type 4"));
      }
    }
    if (all.size() < 2) {
      log.add(Finding.damage(file.origin(), file.size(), "there is only one meta page" + choice));
    }
  }

  private static @Nullable MetaPage search(ByteSource file) throws IOException {
    for (int size = MetaPage.MIN_PAGE_BYTES; size <= MetaPage.MAX_PAGE_BYTES; size *= 2) {
      MetaPage found = at(file, 1, size);
      if (found != null && found.isSound() && found.pageBytes() == size) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable MetaPage at(ByteSource file, int number, long offset)
      throws IOException {
    if (offset > file.size() - MetaPage.BYTES) {
      return null;
    }
    byte[] raw = file.bytes(offset, MetaPage.BYTES);
    return MetaPage.decode(number, offset, raw, file.origin().child("page " + number));
  }

  private static IOException notBolt(ByteSource file, @Nullable MetaPage first) throws IOException {
    Origin origin = file.origin();
    if (first == null) {
      return new CorruptDataException(
          origin, 0, "too short for a Bolt database", file.size() + " bytes", "two meta pages");
    }
    if (first.magic() == MAGIC_OF_BIG_ENDIAN) {
      return new UnsupportedFormatException(origin, "a Bolt database of a big-endian host");
    }
    if (first.magic() == MetaPage.MAGIC && first.checksum() == first.computedChecksum()) {
      return new UnsupportedFormatException(
          origin, "a Bolt database with " + String.join(", ", first.faults()));
    }
    if (first.magic() == MetaPage.MAGIC) {
      return new CorruptDataException(
          origin, 0, "no meta page is sound", String.join(", ", first.faults()), null);
    }
    String found = allZero(file.bytes(0, MetaPage.BYTES)) ? "zeros" : hex(first.magic());
    return new CorruptDataException(
        origin, PageHeader.BYTES, "not a Bolt database", found, hex(MetaPage.MAGIC));
  }

  private static boolean allZero(byte[] raw) {
    for (int at = 0; at < raw.length; at += Long.BYTES) {
      if (LittleEndian.i64(raw, at) != 0) {
        return false;
      }
    }
    return true;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
