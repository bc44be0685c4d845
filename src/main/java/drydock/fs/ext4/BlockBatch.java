package drydock.fs.ext4;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of metadata that were read together for one reader, at most {@value #BYTES} bytes of them.
 * Their arrays are used again for the next ones: a walk goes through hundreds of megabytes. For one
 * thread.
 */
final class BlockBatch {
  private static final int BYTES = 3 << 20;

  private final int blockBytes;
  private long[] numbers = new long[64];
  private byte[][] blocks = new byte[64][];
  private int count;

  BlockBatch(int blockBytes) {
    this.blockBytes = blockBytes;
  }

  /** Forgets them: whoever has one of their arrays must not look at it any more. */
  void clear() {
    count = 0;
  }

  /** A block that was kept since; null for all others. */
  byte @Nullable [] get(long block) {
    int at = count == 0 ? -1 : Arrays.binarySearch(numbers, 0, count, block);
    return at < 0 ? null : blocks[at];
  }

  /** Copies a block that begins at {@code from} in {@code read}; in ascending order. */
  void keep(long block, byte[] read, int from) {
    if (count >= BYTES / blockBytes) {
      return;
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
      blocks = Arrays.copyOf(blocks, 2 * count);
    }
    if (blocks[count] == null) {
      blocks[count] = new byte[blockBytes];
    }
    System.arraycopy(read, from, blocks[count], 0, blockBytes);
    numbers[count++] = block;
  }
}
