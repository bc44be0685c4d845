package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u16;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksums of metadata: CRC-32C that goes on from a seed and is not inverted at its end, and
 * the CRC-16 of older group descriptors (kernel {@code fs/ext4}, {@code ext4_chksum}; {@code
 * lib/crc16.c}).
 *
 * <p>The JDK's CRC-32C is fast and always starts from the same state; four bytes fed first bring it
 * to any other.
 */
public final class Checksums {
  private static final int CRC32C_POLYNOMIAL = 0x82f63b78;
  private static final int CRC16_POLYNOMIAL = 0xa001;
  private static final int[] BACK = backTable();
  private static final byte[] ZEROS = new byte[4];

  /** What comes before an inode in its sum: four bytes for the seed, its number, its generation. */
  private static final int INODE_PREFIX = 12;

  /** Where an inode keeps the halves of its sum. */
  static final int LOW_SUM = 0x7c;

  static final int HIGH_SUM = 0x82;

  private final int seed;
  private final int seedPrefix;
  private final boolean verified;
  private final boolean inodesVerified;
  private volatile @Nullable InodeSums inodeSums;

  Checksums(Superblock superblock) {
    seed = superblock.checksumSeed();
    seedPrefix = prefix(seed);
    verified = superblock.features().has(Feature.METADATA_CSUM) && superblock.checksumType() == 1;
    inodesVerified = verified && superblock.bookkeeping().isLinux();
  }

  /** Whether metadata of this file system has CRC-32C checksums that can be verified. */
  boolean verified() {
    return verified;
  }

  /** Whether inodes have them. */
  boolean inodesVerified() {
    return inodesVerified;
  }

  int seed() {
    return seed;
  }

  /** What the checksums of an inode and of its extents and directory blocks start from. */
  int inodeSeed(long inode, int generation) {
    byte[] both = new byte[8];
    putInt(both, 0, (int) inode);
    putInt(both, 4, generation);
    return crc32c(seed, both);
  }

  static int crc32c(int seed, byte[] raw) {
    return crc32c(seed, raw, 0, raw.length);
  }

  /** The sum of a part of an array, going on from another. */
  public static int crc32c(int seed, byte[] raw, int from, int length) {
    CRC32C crc = starting(seed);
    crc.update(raw, from, length);
    return ~(int) crc.getValue();
  }

  /** Of all of {@code raw}, with the four bytes at {@code field} taken as zeros. */
  static int crc32cWithout(int seed, byte[] raw, int length, int field) {
    CRC32C crc = starting(seed);
    crc.update(raw, 0, field);
    crc.update(ZEROS, 0, 4);
    crc.update(raw, field + 4, length - field - 4);
    return ~(int) crc.getValue();
  }

  /** A running sum whose state is {@code seed}; its result must be inverted. */
  static CRC32C starting(int seed) {
    CRC32C crc = new CRC32C();
    byte[] prefix = new byte[4];
    putInt(prefix, 0, prefix(seed));
    crc.update(prefix, 0, 4);
    return crc;
  }

  /** The four bytes that bring a new sum to a state. */
  private static int prefix(int state) {
    return ~back(state);
  }

  /** The state from which 32 zero bits lead to {@code state}. */
  private static int back(int state) {
    int at = state;
    for (int i = 0; i < Integer.BYTES; i++) {
      at = at << Byte.SIZE ^ BACK[at >>> Integer.SIZE - Byte.SIZE];
    }
    return at;
  }

  /** For each highest byte, what eight bits back leave of it. */
  private static int[] backTable() {
    int[] table = new int[1 << Byte.SIZE];
    for (int high = 0; high < table.length; high++) {
      int at = high << Integer.SIZE - Byte.SIZE;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        at = at < 0 ? (at ^ CRC32C_POLYNOMIAL) << 1 | 1 : at << 1;
      }
      table[high] = at;
    }
    return table;
  }

  /** Whether an inode's own checksum fits; both halves where the inode has room for both. */
  boolean inodeFits(byte[] raw, long number, int extraBytes) {
    if (!inodesVerified) {
      return true; // other systems have their own fields where the sum would be
    }
    int low = u16(raw, LOW_SUM);
    InodeSums sums = sums(raw.length);
    CRC32C crc = new CRC32C();
    crc.update(raw, 0, raw.length);
    int computed = sums.of(~(int) crc.getValue(), number, i32(raw, 0x64), low);
    if (!hasHighSum(raw, extraBytes)) {
      return (computed & 0xffff) == low;
    }
    int high = u16(raw, HIGH_SUM);
    return (computed ^ sums.without(high)) == (low | high << 16);
  }

  private InodeSums sums(int inodeBytes) {
    InodeSums known = inodeSums;
    if (known == null || !known.isOf(inodeBytes)) {
      known = new InodeSums(seed, inodeBytes);
      inodeSums = known;
    }
    return known;
  }

  /** What an inode's checksum should be, whose own fields count as zeros. */
  int ofInode(byte[] raw, long number, int extraBytes) {
    return ofInode(raw.clone(), number, hasHighSum(raw, extraBytes));
  }

  private int ofInode(byte[] raw, long number, boolean hasHighSum) {
    byte[] before = new byte[INODE_PREFIX];
    putInt(before, 0, seedPrefix);
    putInt(before, 4, (int) number);
    System.arraycopy(raw, 0x64, before, 8, 4);
    put16(raw, LOW_SUM, 0);
    if (hasHighSum) {
      put16(raw, HIGH_SUM, 0);
    }
    // In two pieces: of eight it takes longer than the sum itself.
    CRC32C crc = new CRC32C();
    crc.update(before, 0, INODE_PREFIX);
    crc.update(raw, 0, raw.length);
    return ~(int) crc.getValue();
  }

  private static boolean hasHighSum(byte[] raw, int extraBytes) {
    return raw.length > Inode.CLASSIC_BYTES && extraBytes >= 4;
  }

  /** Whether a group descriptor's checksum fits, of whichever kind this file system has. */
  boolean descriptorFits(byte[] raw, long group, Superblock superblock) {
    Integer computed = ofDescriptor(raw, group, superblock);
    return computed == null || computed == u16(raw, 0x1e);
  }

  /** What a group descriptor's checksum should be, 16 bits; null when it has none. */
  @Nullable Integer ofDescriptor(byte[] raw, long group, Superblock superblock) {
    byte[] number = new byte[4];
    putInt(number, 0, (int) group);
    if (verified) {
      CRC32C crc = starting(seed);
      crc.update(number, 0, 4);
      crc.update(raw, 0, 0x1e);
      crc.update(ZEROS, 0, 2);
      crc.update(raw, 0x20, raw.length - 0x20);
      return ~(int) crc.getValue() & 0xffff;
    }
    if (!superblock.features().has(Feature.UNINIT_BG)
        || superblock.features().has(Feature.METADATA_CSUM)) {
      return null;
    }
    int crc = crc16(0xffff, superblock.uuid(), 0, 16);
    crc = crc16(crc, number, 0, 4);
    crc = crc16(crc, raw, 0, 0x1e);
    return crc16(crc, raw, 0x20, raw.length - 0x20);
  }

  /** Whether the four bytes at {@code field} are the sum of the first {@code length} bytes. */
  static boolean sumFits(int seed, byte[] raw, int length, int field) {
    return crc32c(seed, raw, 0, length) == i32(raw, field);
  }

  static int crc16(int start, byte[] raw, int from, int length) {
    int crc = start;
    for (int i = from; i < from + length; i++) {
      crc ^= raw[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ CRC16_POLYNOMIAL : crc >>> 1;
      }
    }
    return crc;
  }

  private static void put16(byte[] into, int at, int value) {
    into[at] = (byte) value;
    into[at + 1] = (byte) (value >>> 8);
  }

  static void putInt(byte[] into, int at, int value) {
    for (int i = 0; i < 4; i++) {
      into[at + i] = (byte) (value >>> 8 * i);
    }
  }
}
