package drydock.export.ext4;

import drydock.fs.ext4.Checksums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts the checksums of metadata in their places; what they start from is the file system's UUID.
 * Immutable. Knowledge: kernel 6.x {@code Documentation/filesystems/ext4/checksums.rst}.
 */
final class Seals {
  private static final int SUPERBLOCK_SUM_AT = 0x3fc;
  private static final int DESCRIPTOR_SUM_AT = 0x1e;
  private static final int INODE_SUM_AT = 0x7c;
  private static final int INODE_EXTRA_AT = 0x80;
  private static final int INODE_SUM_HIGH_AT = 0x82;
  private static final int ATTRIBUTE_SUM_AT = 16;
  private static final int DIRECTORY_TAIL_BYTES = 12;

  private final int seed;

  Seals(byte[] uuid) {
    seed = Checksums.crc32c(-1, uuid, 0, uuid.length);
  }

  private static void putInt(byte[] raw, int at, int value) {
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  /** What the sums of an inode and of its blocks start from; generations are all 0. */
  private int inodeSeed(long inode) {
    byte[] both = new byte[8];
    putInt(both, 0, (int) inode);
    return Checksums.crc32c(seed, both, 0, both.length);
  }

  /** An inode in a table, whose sum is zeros still; reserved ones have room for half of it. */
  void inode(long number, byte[] table, int from) {
    int sum = Checksums.crc32c(inodeSeed(number), table, from, InodeRecord.BYTES);
    ByteBuffer fields = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    fields.putShort(from + INODE_SUM_AT, (short) sum);
    if (fields.getShort(from + INODE_EXTRA_AT) != 0) {
      fields.putShort(from + INODE_SUM_HIGH_AT, (short) (sum >>> 16));
    }
  }

  /** A block of an extent tree: the sum follows the room for entries. */
  void extents(long inode, byte[] block) {
    putInt(block, block.length - 4, Checksums.crc32c(inodeSeed(inode), block, 0, block.length - 4));
  }

  /** A directory's block of names: the sum is dressed up as an entry that nobody uses. */
  void names(long inode, byte[] block) {
    int tail = block.length - DIRECTORY_TAIL_BYTES;
    ByteBuffer fields = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    fields.putShort(tail + 4, (short) DIRECTORY_TAIL_BYTES);
    block[tail + 7] = (byte) 0xde;
    fields.putInt(tail + 8, Checksums.crc32c(inodeSeed(inode), block, 0, tail));
  }

  /**
   * A directory's block of hashes: the sum lies behind the room for entries, those in use and eight
   * bytes of zeros are summed.
   */
  void hashes(long inode, byte[] block, int usedBytes) {
    int sum = Checksums.crc32c(inodeSeed(inode), block, 0, usedBytes);
    putInt(block, block.length - 4, Checksums.crc32c(sum, new byte[8], 0, 8));
  }

  /** A block of extended attributes, whose sum is zeros still. */
  void attributes(long place, byte[] block) {
    byte[] number = new byte[8];
    ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).putLong(0, place);
    int start = Checksums.crc32c(seed, number, 0, number.length);
    putInt(block, ATTRIBUTE_SUM_AT, Checksums.crc32c(start, block, 0, block.length));
  }

  /** The hash of a value that an inode of its own holds. */
  int value(byte[] value) {
    return sum(value, value.length);
  }

  /** Of the first bytes of a bitmap. */
  int sum(byte[] raw, int length) {
    return Checksums.crc32c(seed, raw, 0, length);
  }

  /** A group's descriptor, whose sum is zeros still. */
  void descriptor(long group, byte[] raw) {
    byte[] number = new byte[4];
    putInt(number, 0, (int) group);
    int start = Checksums.crc32c(seed, number, 0, number.length);
    short sum = (short) Checksums.crc32c(start, raw, 0, raw.length);
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).putShort(DESCRIPTOR_SUM_AT, sum);
  }

  static void superblock(byte[] raw) {
    putInt(raw, SUPERBLOCK_SUM_AT, Checksums.crc32c(-1, raw, 0, SUPERBLOCK_SUM_AT));
  }
}
