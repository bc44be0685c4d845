package drydock.fs.ext4;

/**
 * Computes the checksums of inodes of one size without a copy of them: what a CRC makes of several
 * pieces of a record together is the exclusive or of what it makes of each, so that the fields that
 * count as zeros, and the numbers that come before the inode, are taken from tables. Immutable.
 *
 * <p>An inode's sum begins with the file system's seed, its number and its generation; its own two
 * halves count as zeros (kernel {@code fs/ext4/inode.c}, {@code ext4_inode_csum}).
 */
final class InodeSums {
  /** The number and the generation, before the inode itself. */
  private static final int BEFORE = 8;

  private static final int WORD = 4;
  private static final int HALF = 2;

  private final int inodeBytes;
  private final int start;
  private final int[] number;
  private final int[] generation;
  private final int[] low;
  private final int[] high;

  InodeSums(int seed, int inodeBytes) {
    this.inodeBytes = inodeBytes;
    this.start =
        Checksums.crc32c(seed, new byte[BEFORE + inodeBytes])
            ^ Checksums.crc32c(-1, new byte[inodeBytes]);
    this.number = table(0, WORD);
    this.generation = table(WORD, WORD);
    this.low = table(BEFORE + Checksums.LOW_SUM, HALF);
    this.high =
        inodeBytes > Inode.CLASSIC_BYTES
            ? table(BEFORE + Checksums.HIGH_SUM, HALF)
            : new int[HALF << 8];
  }

  /** What each byte of a field adds to the sum: 256 values for each of them. */
  private int[] table(int at, int bytes) {
    int[] table = new int[bytes << 8];
    byte[] record = new byte[BEFORE + inodeBytes];
    for (int i = 0; i < bytes; i++) {
      for (int bit = 1; bit < 256; bit <<= 1) {
        record[at + i] = (byte) bit;
        int alone = Checksums.crc32c(0, record);
        for (int value = 0; value < bit; value++) {
          table[i << 8 | bit | value] = table[i << 8 | value] ^ alone;
        }
      }
      record[at + i] = 0;
    }
    return table;
  }

  /** Whether it can tell of inodes with so many bytes. */
  boolean isOf(int bytes) {
    return bytes == inodeBytes;
  }

  /**
   * The sum of an inode.
   *
   * @param whole the sum of all of its bytes, from the state -1
   * @param lowHalf what its field says, which counts as 0
   */
  int of(int whole, long inode, int itsGeneration, int lowHalf) {
    return whole
        ^ start
        ^ word(number, (int) inode)
        ^ word(generation, itsGeneration)
        ^ half(low, lowHalf);
  }

  /** What to combine the sum with where the inode has the upper half, too. */
  int without(int highHalf) {
    return half(high, highHalf);
  }

  private static int word(int[] table, int value) {
    return half(table, value & 0xffff)
        ^ table[0x200 | value >>> 16 & 0xff]
        ^ table[0x300 | value >>> 24];
  }

  private static int half(int[] table, int value) {
    return table[value & 0xff] ^ table[0x100 | value >>> 8];
  }
}
