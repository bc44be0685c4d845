package drydock.fs.ext4;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of inode tables that were read lately, at most {@value #BYTES} bytes of them. What is
 * asked for is copied out, so that their arrays can be used again for other blocks: a walk goes
 * through hundreds of megabytes of them. Safe from many threads.
 *
 * <p>A block has two places where it can be, found by its number, and replaces the one there that
 * was not used last: a list of all of them in the order of use takes longer than what it saves.
 */
final class TableBlocks {
  private static final int BYTES = 8 << 20;
  private static final long NONE = -1;

  /** Blocks whose numbers are this far apart go to places this much farther apart. */
  private static final int STEP = 37;

  private final int blockBytes;
  private final long[] numbers;
  private final byte[] @Nullable [] blocks;

  /** Which of a pair was used last. */
  private final byte[] used;

  private final int mask;
  private final int bits;

  TableBlocks(int blockBytes) {
    int pairs = Integer.highestOneBit(Math.max(2, BYTES / blockBytes)) / 2;
    this.blockBytes = blockBytes;
    this.numbers = new long[2 * pairs];
    this.blocks = new byte[2 * pairs][];
    this.used = new byte[pairs];
    this.mask = pairs - 1;
    this.bits = Integer.numberOfTrailingZeros(pairs);
    Arrays.fill(numbers, NONE);
  }

  /** Neighbours do not share a place, nor do blocks that lie at the same place in other groups. */
  private int pair(long block) {
    return (int) (block + STEP * (block >>> bits)) & mask;
  }

  /** Where a block is; less than 0 when it is not there. */
  private int find(long block) {
    int pair = pair(block);
    int at = 2 * pair + used[pair];
    if (numbers[at] == block) {
      return at;
    }
    at ^= 1;
    if (numbers[at] != block) {
      return -1;
    }
    used[pair] ^= 1;
    return at;
  }

  synchronized boolean holds(long block) {
    return find(block) >= 0;
  }

  /** Fills {@code into} from {@code from} on in a block; false when the block is not there. */
  synchronized boolean copy(long block, int from, byte[] into) {
    int at = find(block);
    byte[] known = at < 0 ? null : blocks[at];
    if (known == null) {
      return false;
    }
    System.arraycopy(known, from, into, 0, into.length);
    return true;
  }

  /** The same {@code count} times, from {@code from} on in the block each. */
  synchronized boolean copy(long block, int[] from, byte[][] into, int count) {
    int at = find(block);
    byte[] known = at < 0 ? null : blocks[at];
    if (known == null) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      System.arraycopy(known, from[i], into[i], 0, into[i].length);
    }
    return true;
  }

  /** Keeps copies of blocks that follow each other, as {@code read} begins with them. */
  synchronized void keep(long first, int count, byte[] read) {
    for (int i = 0; i < count; i++) {
      keep(first + i, read, i * blockBytes);
    }
  }

  private void keep(long block, byte[] read, int from) {
    if (find(block) >= 0) {
      return;
    }
    int pair = pair(block);
    used[pair] ^= 1;
    int at = 2 * pair + used[pair];
    byte[] array = blocks[at];
    if (array == null) {
      array = new byte[blockBytes];
      blocks[at] = array;
    }
    System.arraycopy(read, from, array, 0, blockBytes);
    numbers[at] = block;
  }
}
