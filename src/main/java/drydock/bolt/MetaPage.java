package drydock.bolt;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.ksy.BoltMeta;
import drydock.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One of the two meta pages (bbolt, db.go), sound or not.
 *
 * @param number 0 or 1, by where it lies
 * @param offset of the page in the file
 * @param magic {@value #MAGIC} in a Bolt database
 * @param pageBytes the size of a page as the record says
 * @param rootPage the page of the root bucket
 * @param sequence the root bucket's sequence
 * @param freelistPage {@value #NO_FREELIST} when the database keeps none
 * @param pageCount the first page number that was never used
 * @param transaction the number of the transaction that wrote it
 * @param checksum as stored
 * @param computedChecksum what it ought to be
 * @param headerFlags the type in the page's header, 4 for a meta page
 */
public record MetaPage(
    int number,
    long offset,
    long magic,
    long version,
    long pageBytes,
    long flags,
    long rootPage,
    long sequence,
    long freelistPage,
    long pageCount,
    long transaction,
    long checksum,
    long computedChecksum,
    int headerFlags) {
  /** The first field of a meta record. */
  public static final long MAGIC = 0xed0cdaedL;

  /** The free list's page number when none is kept. */
  public static final long NO_FREELIST = -1;

  /** Header and record together. */
  static final int BYTES = PageHeader.BYTES + 64;

  static final int VERSION = 2;
  static final int MIN_PAGE_BYTES = 512;
  static final int MAX_PAGE_BYTES = 1 << 20;
  private static final int CHECKSUMMED = 56;
  private static final int META_FLAGS = 4;

  /** Decodes the first {@value #BYTES} bytes of a page. */
  static MetaPage decode(int number, long offset, byte[] raw, Origin origin)
      throws CorruptDataException {
    PageHeader header = PageHeader.decode(raw, origin);
    byte[] record =
        Arrays.copyOfRange(raw, PageHeader.BYTES, Math.max(PageHeader.BYTES, raw.length));
    BoltMeta shape = Shape.decode(record, origin, "Bolt meta page", BoltMeta::new);
    return new MetaPage(
        number,
        offset,
        shape.magic(),
        shape.version(),
        shape.pageSize(),
        shape.flags(),
        shape.root(),
        shape.sequence(),
        shape.freelist(),
        shape.pgid(),
        shape.txid(),
        shape.checksum(),
        Fnv64.hash(record, 0, CHECKSUMMED),
        header.flags());
  }

  /** What keeps the page from being used, in words; empty for a sound one. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (magic != MAGIC) {
      faults.add("no Bolt magic");
      return faults;
    }
    if (version != VERSION) {
      faults.add("version " + version);
    }
    if (!isPlausiblePageSize()) {
      faults.add("a page size of " + pageBytes);
    }
    if (checksum != computedChecksum) {
      faults.add("a wrong checksum");
    }
    return faults;
  }

  /** Whether magic, version, page size and checksum are right. */
  public boolean isSound() {
    return faults().isEmpty();
  }

  /** Whether the page's header calls it a meta page, as it should. */
  boolean hasMetaHeader() {
    return headerFlags == META_FLAGS;
  }

  /** Whether only the checksum is wrong, so that its fields may be tried. */
  boolean isPlausible() {
    return magic == MAGIC && version == VERSION && isPlausiblePageSize();
  }

  private boolean isPlausiblePageSize() {
    return pageBytes >= MIN_PAGE_BYTES
        && pageBytes <= MAX_PAGE_BYTES
        && Long.bitCount(pageBytes) == 1;
  }
}
