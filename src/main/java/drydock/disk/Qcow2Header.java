package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.shape.Shape;
import java.io.IOException;

/**
 * The header of a qcow2 file, checked. Knowledge: QEMU {@code docs/interop/qcow2.rst}; limits as in
 * QEMU's {@code block/qcow2.h}.
 *
 * @param backingNameOffset 0 when there is no backing file
 * @param size of the disk, in bytes
 * @param encryption 0 none, 1 AES, 2 LUKS
 * @param l1Entries how many entries of 8 bytes the L1 table has
 * @param refcountBits the width of one refcount
 * @param headerLength in bytes; extensions follow
 * @param compressionType 0 deflate, 1 zstd
 */
public record Qcow2Header(
    int version,
    long backingNameOffset,
    int backingNameLength,
    int clusterBits,
    long size,
    int encryption,
    int l1Entries,
    long l1Offset,
    long refcountTableOffset,
    int refcountTableClusters,
    int snapshots,
    long snapshotsOffset,
    long incompatible,
    long compatible,
    long autoclear,
    int refcountBits,
    int headerLength,
    int compressionType) {

  public static final long DIRTY = 1;
  public static final long CORRUPT = 1 << 1;
  public static final long EXTERNAL_DATA = 1 << 2;
  public static final long COMPRESSION_TYPE = 1 << 3;
  public static final long EXTENDED_L2 = 1 << 4;
  static final long KNOWN_INCOMPATIBLE =
      DIRTY | CORRUPT | EXTERNAL_DATA | COMPRESSION_TYPE | EXTENDED_L2;

  public static final int DEFLATE = 0;
  public static final int ZSTD = 1;

  static final int V2_BYTES = 72;
  private static final int V3_BYTES = 104;
  private static final int READ_BYTES = 112;
  private static final int MAX_L1_BYTES = 32 << 20;
  private static final int MAX_REFCOUNT_TABLE_BYTES = 8 << 20;
  private static final int MAX_SNAPSHOTS = 65536;
  private static final int MAX_BACKING_NAME = 1023;
  private static final int MIN_EXTENDED_CLUSTER_BITS = 14;

  /** The header at the start of a file. */
  static Qcow2Header read(ByteSource file) throws IOException {
    if (file.size() < V2_BYTES) {
      throw new CorruptDataException(
          file.origin(), 0, "the qcow2 header is cut off", file.size() + " bytes", "at least 72");
    }
    return decode(file.bytes(0, (int) Math.min(READ_BYTES, file.size())), file.origin());
  }

  /** Decodes the first bytes of a file. */
  static Qcow2Header decode(byte[] raw, Origin origin) throws CorruptDataException {
    drydock.ksy.Qcow2Header shape =
        Shape.decode(raw, origin, "qcow2 header", drydock.ksy.Qcow2Header::new);
    drydock.ksy.Qcow2Header.Additional v3 = shape.version3();
    FieldCheck check = new FieldCheck(origin, "qcow2 header");
    Qcow2Header header =
        new Qcow2Header(
            (int) check.range("version", 4, shape.version(), 2, 3),
            shape.backingFileOffset(),
            (int)
                check.range(
                    "backing name length", 16, shape.backingFileSize(), 0, MAX_BACKING_NAME),
            (int) check.range("cluster_bits", 20, shape.clusterBits(), 9, 21),
            check.range("size", 24, shape.size(), 0, Long.MAX_VALUE),
            (int) check.range("crypt_method", 32, shape.cryptMethod(), 0, 2),
            (int) check.range("l1_size", 36, shape.l1Size(), 0, MAX_L1_BYTES / 8),
            shape.l1TableOffset(),
            shape.refcountTableOffset(),
            (int)
                check.range(
                    "refcount_table_clusters",
                    56,
                    shape.refcountTableClusters(),
                    0,
                    MAX_REFCOUNT_TABLE_BYTES >> 9),
            (int) check.range("nb_snapshots", 60, shape.nbSnapshots(), 0, MAX_SNAPSHOTS),
            shape.snapshotsOffset(),
            v3 == null ? 0 : v3.incompatibleFeatures(),
            v3 == null ? 0 : v3.compatibleFeatures(),
            v3 == null ? 0 : v3.autoclearFeatures(),
            v3 == null ? 16 : 1 << check.range("refcount_order", 96, v3.refcountOrder(), 0, 6),
            v3 == null ? V2_BYTES : (int) v3.headerLength(),
            v3 == null || v3.compressionType() == null ? DEFLATE : v3.compressionType());
    header.check(check, v3 != null);
    return header;
  }

  private void check(FieldCheck check, boolean version3) throws CorruptDataException {
    if (version3) {
      check.range("header_length", 100, headerLength, V3_BYTES, clusterBytes());
      check.aligned("header_length", 100, headerLength, 8);
    }
    boolean typed = has(COMPRESSION_TYPE);
    check.range("compression_type", 104, compressionType, typed ? 1 : 0, typed ? 1 : 0);
    if (extendedL2()) {
      check.range(
          "cluster_bits of extended L2 entries", 20, clusterBits, MIN_EXTENDED_CLUSTER_BITS, 21);
    }
    check.offset("l1_table_offset", 40, l1Offset, clusterBytes());
    check.offset("refcount_table_offset", 48, refcountTableOffset, clusterBytes());
    check.offset("snapshots_offset", 64, snapshots == 0 ? 0 : snapshotsOffset, clusterBytes());
    if (backingNameOffset != 0) {
      check.range(
          "backing name offset",
          8,
          backingNameOffset,
          V2_BYTES,
          (long) clusterBytes() - backingNameLength);
    }
  }

  public boolean has(long incompatibleBit) {
    return (incompatible & incompatibleBit) != 0;
  }

  public boolean extendedL2() {
    return has(EXTENDED_L2);
  }

  public int clusterBytes() {
    return 1 << clusterBits;
  }

  /** How many bytes one L2 entry takes. */
  int l2EntryBytes() {
    return extendedL2() ? 16 : 8;
  }

  /** Log2 of how many L2 entries fill a table, which is one cluster. */
  int l2Bits() {
    return clusterBits - (extendedL2() ? 4 : 3);
  }

  /** How many bytes of the disk one L1 entry stands for. */
  long bytesPerL1Entry() {
    return 1L << (clusterBits + l2Bits());
  }

  /** How many L1 entries a disk of this size needs. */
  long neededL1Entries() {
    long each = bytesPerL1Entry();
    return size / each + (size % each == 0 ? 0 : 1);
  }

  /** How compressed clusters are compressed. */
  public String compression() {
    return compressionType == ZSTD ? "zstd" : "zlib";
  }
}
