package drydock.fs.ext4;

import drydock.bytes.LittleEndian;
import java.util.Arrays;

/**
 * Makes the checksums of changed metadata fit, so that a fuzzer gets behind them. It goes by what
 * the superblock in the image says.
 */
final class Seals {
  private static final int SUPERBLOCK = 1024;

  private final byte[] raw;
  private final boolean summed;
  private final boolean crc16;
  private final int inodeBytes;
  private final int descriptorBytes;
  private final int blockBytes;
  private final int seed;

  Seals(byte[] raw, TinyVolume.Style style) {
    this(
        raw,
        style.blockBytes,
        style.inodeBytes,
        style.isWide() ? 64 : 32,
        style.readOnly,
        (style.incompat & 0x2000) != 0);
  }

  Seals(
      byte[] raw,
      int blockBytes,
      int inodeBytes,
      int descriptorBytes,
      int readOnly,
      boolean hasSeed) {
    this.raw = raw;
    this.blockBytes = blockBytes;
    this.inodeBytes = inodeBytes;
    this.descriptorBytes = descriptorBytes;
    this.summed = (readOnly & 0x400) != 0;
    this.crc16 = !summed && (readOnly & 0x10) != 0;
    this.seed =
        hasSeed
            ? LittleEndian.i32(raw, SUPERBLOCK + 0x270)
            : Checksums.crc32c(-1, raw, SUPERBLOCK + 0x68, 16);
  }

  void superblock() {
    if (summed) {
      put(SUPERBLOCK + 0x3fc, Checksums.crc32c(-1, raw, SUPERBLOCK, 0x3fc));
    }
  }

  void descriptor(int at, int group) {
    byte[] number = new byte[4];
    Checksums.putInt(number, 0, group);
    putShort(at + 0x1e, 0);
    if (summed) {
      int sum = Checksums.crc32c(Checksums.crc32c(seed, number), raw, at, descriptorBytes);
      putShort(at + 0x1e, sum);
    } else if (crc16) {
      int sum = Checksums.crc16(0xffff, raw, SUPERBLOCK + 0x68, 16);
      sum = Checksums.crc16(Checksums.crc16(sum, number, 0, 4), raw, at, 0x1e);
      putShort(at + 0x1e, Checksums.crc16(sum, raw, at + 0x20, descriptorBytes - 0x20));
    }
  }

  /** The sums of both bitmaps, which follow one another; they are kept in the descriptor. */
  void bitmaps(int descriptorAt, int blockBitmap, int inodes) {
    if (summed) {
      int at = blockBitmap * blockBytes;
      putShort(descriptorAt + 0x18, Checksums.crc32c(seed, raw, at, blockBytes));
      int sum = Checksums.crc32c(seed, raw, at + blockBytes, inodes / 8);
      putShort(descriptorAt + 0x1a, sum);
      if (descriptorBytes > 32) {
        putShort(descriptorAt + 0x38, Checksums.crc32c(seed, raw, at, blockBytes) >>> 16);
        putShort(descriptorAt + 0x3a, sum >>> 16);
      }
    }
  }

  void inode(int at, int number) {
    if (!summed || isBlank(at)) {
      return;
    }
    boolean wide = inodeBytes > 128 && LittleEndian.u16(raw, at + 0x80) >= 4;
    putShort(at + 0x7c, 0);
    if (wide) {
      putShort(at + 0x82, 0);
    }
    int sum = Checksums.crc32c(inodeSeed(at, number), raw, at, inodeBytes);
    putShort(at + 0x7c, sum);
    if (wide) {
      putShort(at + 0x82, sum >>> 16);
    }
  }

  private boolean isBlank(int at) {
    return Arrays.equals(raw, at, at + inodeBytes, new byte[inodeBytes], 0, inodeBytes);
  }

  private int inodeSeed(int slot, int number) {
    byte[] both = new byte[8];
    Checksums.putInt(both, 0, number);
    System.arraycopy(raw, slot + 0x64, both, 4, 4);
    return Checksums.crc32c(seed, both);
  }

  /** A block of names of the directory whose inode lies at {@code slot}, where it has a tail. */
  void leaf(int at, int number, int slot) {
    int tail = at + blockBytes - 12;
    if (summed && (raw[tail + 7] & 0xff) == 0xde) {
      put(tail + 8, Checksums.crc32c(inodeSeed(slot, number), raw, at, blockBytes - 12));
    }
  }

  /**
   * An index block of a hashed directory, whose count lies {@code countAt} bytes from its start.
   */
  void index(int at, int countAt, int number, int slot) {
    int limit = LittleEndian.u16(raw, at + countAt);
    int count = LittleEndian.u16(raw, at + countAt + 2);
    int tail = countAt + limit * 8;
    if (summed && count <= limit && tail + 8 <= blockBytes) {
      int sum = Checksums.crc32c(inodeSeed(slot, number), raw, at, countAt + count * 8);
      sum = Checksums.crc32c(sum, raw, at + tail, 4);
      put(at + tail + 4, Checksums.crc32c(sum, new byte[4]));
    }
  }

  /** A block of an extent tree. */
  void extents(int at, int number, int slot) {
    int tail = 12 + 12 * LittleEndian.u16(raw, at + 4);
    if (summed && tail + 4 <= blockBytes) {
      put(at + tail, Checksums.crc32c(inodeSeed(slot, number), raw, at, tail));
    }
  }

  /** A block of extended attributes. */
  void attributes(int at, long block) {
    if (summed) {
      byte[] place = new byte[8];
      Checksums.putInt(place, 0, (int) block);
      Checksums.putInt(place, 4, (int) (block >>> 32));
      put(at + 16, 0);
      put(at + 16, Checksums.crc32c(Checksums.crc32c(seed, place), raw, at, blockBytes));
    }
  }

  /** A block of the orphan file. */
  void orphans(int at, long block, int number, int slot) {
    if (summed) {
      byte[] place = new byte[8];
      Checksums.putInt(place, 0, (int) block);
      int sum = Checksums.crc32c(inodeSeed(slot, number), place);
      put(at + blockBytes - 4, Checksums.crc32c(sum, raw, at, blockBytes - 8));
    }
  }

  private void put(int at, int value) {
    Checksums.putInt(raw, at, value);
  }

  private void putShort(int at, int value) {
    raw[at] = (byte) value;
    raw[at + 1] = (byte) (value >>> 8);
  }
}
