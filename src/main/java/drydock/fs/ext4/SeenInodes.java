package drydock.fs.ext4;

import org.jspecify.annotations.Nullable;

/**
 * The inodes to which the names led that a walk came through, and which are linked. Whoever scans
 * the tables for what is deleted need not read them again. Safe from many threads without a lock: a
 * mark that is lost, or not seen yet by another thread, costs a read.
 */
final class SeenInodes {
  /** A bound for memory, 4 MiB: those with larger numbers are always read again. */
  private static final long MOST = 1L << 25;

  private final int length;
  private long @Nullable [] bits;

  SeenInodes(long lastInode) {
    this.length = (int) (Math.min(lastInode, MOST) >> 6) + 1;
  }

  void mark(long number) {
    long[] known = bits;
    if (known == null) {
      known = new long[length];
      bits = known;
    }
    int word = (int) (number >> 6);
    if (word < length) {
      known[word] |= 1L << number;
    }
  }

  boolean contains(long number) {
    long[] known = bits;
    long word = number >> 6;
    return known != null && word < length && (known[(int) word] >>> number & 1) != 0;
  }
}
