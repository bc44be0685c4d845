package drydock.bolt;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pages of a database under one meta page, read when they are asked for. Safe from many
 * threads. Keeps the pages used last, at most {@value #CACHE_BYTES} bytes of them: more would only
 * be garbage that lives long when all of a database is read.
 */
final class Pages {
  private static final long CACHE_BYTES = 1 << 20;

  private final ByteSource file;
  private final FindingLog log;
  private final int pageBytes;
  private final long pageCount;
  private final Claims claims;
  private final Map<Long, Page> cache = new LinkedHashMap<>(16, 0.75f, true);
  private long cachedBytes;

  Pages(ByteSource file, MetaPage meta, FindingLog log) {
    this.file = file;
    this.log = log;
    this.pageBytes = (int) meta.pageBytes();
    long inFile = file.size() / pageBytes + (file.size() % pageBytes == 0 ? 0 : 1);
    long said = meta.pageCount();
    this.pageCount = said < 2 || !meta.isSound() ? inFile : Math.min(said, inFile);
    this.claims = new Claims(file.origin());
  }

  Origin origin() {
    return file.origin();
  }

  FindingLog log() {
    return log;
  }

  /** How many pages can be read, the meta pages and what is free included. */
  long count() {
    return pageCount;
  }

  Origin origin(long id) {
    return file.origin().child("page " + Long.toUnsignedString(id));
  }

  /**
   * A branch or leaf page.
   *
   * @param referrer the place that refers to it, see {@link Claims#referrer}
   */
  synchronized Page read(long id, long referrer) throws IOException {
    if (id < 2 || id >= pageCount) {
      throw new CorruptDataException(
          origin(referrer >>> 16),
          0,
          "a reference to a page that is not there",
          "page " + Long.toUnsignedString(id),
          "one of 2 to " + (pageCount - 1));
    }
    claims.claim(id, referrer);
    Page known = cache.get(id);
    if (known != null) {
      return known;
    }
    Page page = load(id);
    keep(page);
    return page;
  }

  /** The header of a page, whatever it holds. */
  PageHeader header(long id) throws IOException {
    return PageHeader.decode(prefix(id, PageHeader.BYTES), origin(id));
  }

  /** The first bytes of a page and those that follow it, as far as the file goes. */
  byte[] prefix(long id, long length) throws IOException {
    long start = id * pageBytes;
    long available = Math.min(length, Math.max(0, file.size() - start));
    return file.bytes(start, (int) Math.min(available, ByteSource.MAX_ARRAY));
  }

  /** The size of a page together with those it goes on in, as its header says. */
  long wholeBytes(PageHeader header) {
    return (header.overflowPages() + 1) * pageBytes;
  }

  private Page load(long id) throws IOException {
    byte[] raw = prefix(id, pageBytes);
    PageHeader header = PageHeader.decode(raw, origin(id));
    PageType type = PageType.of(header.flags()).orElse(PageType.META);
    if (header.id() != id) {
      throw new CorruptDataException(
          origin(id),
          0,
          "a page with the number of another",
          Long.toUnsignedString(header.id()),
          String.valueOf(id));
    }
    if (type != PageType.BRANCH && type != PageType.LEAF) {
      throw new CorruptDataException(
          origin(id), 8, "a page of the wrong type", header.typeText(), "branch or leaf");
    }
    long whole = wholeBytes(header);
    boolean leaf = type == PageType.LEAF;
    int count = new Elements(raw, leaf).count(header.count());
    raw = grow(id, raw, Math.min(whole, Elements.tableEnd(count)));
    int inTable = (int) Math.min(count, (raw.length - PageHeader.BYTES) / Elements.BYTES);
    long content = new Elements(raw, leaf).contentEnd(inTable);
    raw = grow(id, raw, Math.min(whole, content));
    checkSize(id, header, content, raw.length);
    if (!leaf && inTable == 0) {
      log.add(Finding.damage(origin(id), 10, "a branch page without elements"));
    }
    return Page.decode(id, origin(id), new Elements(raw, leaf), header.count(), log);
  }

  private byte[] grow(long id, byte[] raw, long length) throws IOException {
    if (length <= raw.length) {
      return raw;
    }
    claims.extend(id, id + (length + pageBytes - 1) / pageBytes);
    byte[] whole = Arrays.copyOf(raw, (int) Math.min(length, ByteSource.MAX_ARRAY));
    long rest = id * pageBytes + raw.length;
    long available = Math.max(0, file.size() - rest);
    int more = (int) Math.min(whole.length - raw.length, available);
    file.read(rest, whole, raw.length, more);
    return raw.length + more == whole.length ? whole : Arrays.copyOf(whole, raw.length + more);
  }

  private void checkSize(long id, PageHeader header, long content, int read) {
    long needed = Math.max(1, (content + pageBytes - 1) / pageBytes);
    long pages = header.overflowPages() + 1;
    // one page too many is how old versions rounded
    if (needed > pages || needed < pages - 1) {
      log.add(
          Finding.damage(
              origin(id),
              12,
              "the number of overflow pages is wrong",
              String.valueOf(pages - 1),
              String.valueOf(needed - 1)));
    } else if (read < Math.min(content, pages * pageBytes)) {
      log.add(
          Finding.damage(
              origin(id),
              read,
              "the end of the page is missing",
              read + " bytes",
              content + " bytes"));
    }
  }

  private void keep(Page page) {
    if (page.memory() > CACHE_BYTES / 4) {
      return;
    }
    cache.put(page.id(), page);
    cachedBytes += page.memory();
    Iterator<Page> eldest = cache.values().iterator();
    while (cachedBytes > CACHE_BYTES && eldest.hasNext()) {
      cachedBytes -= eldest.next().memory();
      eldest.remove();
    }
  }
}
