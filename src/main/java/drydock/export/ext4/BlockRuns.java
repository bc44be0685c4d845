package drydock.export.ext4;

import drydock.export.TreeSink.Data;
import java.util.List;

/**
 * Which blocks of a file hold data; in the image they follow each other without the holes.
 * Immutable.
 */
final class BlockRuns {
  /** No extent is longer (kernel ext4_extents.h, {@code EXT_INIT_MAX_LEN}). */
  static final int LONGEST_EXTENT = 1 << 15;

  private final long[] firsts;
  private final long[] lengths;
  private final int count;
  private final long blocks;

  private BlockRuns(long[] firsts, long[] lengths, int count) {
    this.firsts = firsts;
    this.lengths = lengths;
    this.count = count;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += lengths[i];
    }
    this.blocks = sum;
  }

  /** As many blocks from the file's first on. */
  static BlockRuns whole(long blocks) {
    return new BlockRuns(new long[] {0}, new long[] {blocks}, blocks > 0 ? 1 : 0);
  }

  /**
   * The blocks that hold any of the data.
   *
   * @param end what lies behind it is left out
   * @throws IllegalArgumentException for data out of order or on each other
   */
  static BlockRuns of(List<Data> data, long end) {
    long[] firsts = new long[data.size()];
    long[] lengths = new long[data.size()];
    int count = 0;
    long reached = 0;
    for (Data each : data) {
      if (each.position() < reached || each.length() <= 0 || each.end() < each.position()) {
        throw new IllegalArgumentException("data out of order: " + each);
      }
      reached = each.end();
      if (each.position() >= end) {
        continue;
      }
      long first = each.position() / ImageFile.BLOCK_BYTES;
      long behind = (Math.min(end, each.end()) - 1) / ImageFile.BLOCK_BYTES + 1;
      long last = count == 0 ? -1 : firsts[count - 1] + lengths[count - 1];
      if (first <= last) {
        lengths[count - 1] = Math.max(last, behind) - firsts[count - 1];
      } else {
        firsts[count] = first;
        lengths[count++] = behind - first;
      }
    }
    return new BlockRuns(firsts, lengths, count);
  }

  int count() {
    return count;
  }

  /** The file's block with which a run begins. */
  long first(int run) {
    return firsts[run];
  }

  long length(int run) {
    return lengths[run];
  }

  /** The file's block behind a run. */
  long end(int run) {
    return firsts[run] + lengths[run];
  }

  /** How many there are in all. */
  long blocks() {
    return blocks;
  }

  /** How many extents map them. */
  long extents() {
    long extents = 0;
    for (int i = 0; i < count; i++) {
      extents += (lengths[i] + LONGEST_EXTENT - 1) / LONGEST_EXTENT;
    }
    return extents;
  }
}
