package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.Arrays;

/**
 * The unpacked pages of a pages image whose pages are compressed, in whole or in part: blocks of
 * one page or of a region of pages follow one another without padding, each LZ4, or raw where that
 * would not have been smaller, or left out where all is zero.
 *
 * <p>Keeps the last block that was unpacked: reading forwards unpacks each block once. Safe from
 * many threads. Knowledge: CRIU's development branch of 2026, {@code images/pagemap.proto} and
 * {@code criu/compression.c} ({@code compressed_size}, {@code region_pages}).
 */
final class CompressedPages implements ByteSource {
  /** The largest block that CRIU makes ({@code include/compression.h}, MAX_REGION_SIZE). */
  static final int MAX_BLOCK = 4 << 20;

  private final ByteSource image;
  private final long[] starts;
  private final long[] offsets;
  private final int blocks;
  private final long size;

  private int unpacked = -1;
  private int broken = -1;
  private byte[] block = {};

  /**
   * @param starts of each block in the unpacked pages, and as the last one their end
   * @param offsets of each block in the image, and as the last one their end
   */
  CompressedPages(ByteSource image, long[] starts, long[] offsets) {
    this.image = image;
    this.starts = starts;
    this.offsets = offsets;
    this.blocks = whole(image.size(), offsets);
    this.size = starts[blocks];
  }

  /** How many blocks the image has whole. */
  private static int whole(long size, long[] offsets) {
    int index = Arrays.binarySearch(offsets, size);
    if (index >= 0) {
      while (index + 1 < offsets.length && offsets[index + 1] == size) {
        index++;
      }
      return index;
    }
    return -index - 2;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Origin origin() {
    return image.origin();
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    int done = 0;
    while (done < length) {
      long at = position + done;
      int index = indexAt(at);
      int step = (int) Math.min(length - done, starts[index + 1] - at);
      read(index, at - starts[index], into, offset + done, step);
      done += step;
    }
  }

  private int indexAt(long position) {
    int index = Arrays.binarySearch(starts, 0, blocks, position);
    return index >= 0 ? index : -index - 2;
  }

  private void read(int index, long within, byte[] into, int offset, int length)
      throws IOException {
    long stored = offsets[index + 1] - offsets[index];
    if (stored == 0) {
      Arrays.fill(into, offset, offset + length, (byte) 0);
    } else if (stored == starts[index + 1] - starts[index]) {
      image.read(offsets[index] + within, into, offset, length);
    } else {
      synchronized (this) {
        unpack(index);
        System.arraycopy(block, (int) within, into, offset, length);
      }
    }
  }

  private void unpack(int index) throws IOException {
    if (unpacked == index) {
      return;
    }
    int length = (int) (starts[index + 1] - starts[index]);
    byte[] packed = image.bytes(offsets[index], (int) (offsets[index + 1] - offsets[index]));
    if (block.length < length) {
      block = new byte[length];
    }
    unpacked = -1;
    if (broken == index || !Lz4Block.unpack(packed, 0, packed.length, block, length)) {
      broken = index;
      throw new CorruptDataException(
          image.origin(),
          offsets[index],
          "a compressed block of pages cannot be unpacked",
          packed.length + " bytes",
          "LZ4 of " + length + " bytes");
    }
    unpacked = index;
  }

  @Override
  public long nextData(long position) {
    return next(position, false);
  }

  @Override
  public long nextHole(long position) {
    return next(position, true);
  }

  /** The first position in a block that is stored, or left out. */
  private long next(long position, boolean hole) {
    if (position >= size) {
      return size;
    }
    int index = indexAt(position);
    while (index < blocks && (offsets[index + 1] == offsets[index]) != hole) {
      index++;
    }
    return index == blocks ? size : Math.max(position, starts[index]);
  }

  /** Where the block of a position begins in the image; of raw pages the byte itself. */
  long offsetOf(long position) {
    int index = indexAt(position);
    boolean raw = offsets[index + 1] - offsets[index] == starts[index + 1] - starts[index];
    return offsets[index] + (raw ? position - starts[index] : 0);
  }

  @Override
  public Extent extentAt(long position) throws IOException {
    int index = indexAt(position);
    long left = starts[index + 1] - position;
    Extent there = image.extentAt(offsetOf(position));
    return new Extent(there.origin(), there.offset(), Math.min(there.length(), left));
  }
}
