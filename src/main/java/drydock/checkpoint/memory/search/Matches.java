package drydock.checkpoint.memory.search;

import java.util.Arrays;

/**
 * Matches by where they begin, then by the number of the pattern, then by their ends; without an
 * object for each, since a pattern of one byte may fit a million times. For one thread.
 */
public final class Matches {
  private static final int LENGTH_BITS = 16;
  private static final int PATTERN_BITS = 20;

  private long[] packed = new long[16];
  private int size;

  public int size() {
    return size;
  }

  public int start(int index) {
    return (int) (packed[index] >>> (LENGTH_BITS + PATTERN_BITS));
  }

  public int pattern(int index) {
    return (int) (packed[index] >>> LENGTH_BITS) & ((1 << PATTERN_BITS) - 1);
  }

  public int end(int index) {
    return start(index) + (int) (packed[index] & ((1 << LENGTH_BITS) - 1));
  }

  public void clear() {
    size = 0;
  }

  void add(int pattern, int start, int end) {
    if (size == packed.length) {
      packed = Arrays.copyOf(packed, size * 2);
    }
    packed[size++] =
        (long) start << (LENGTH_BITS + PATTERN_BITS)
            | (long) pattern << LENGTH_BITS
            | (end - start);
  }

  /** Sorts those from an index on. */
  void sort(int from) {
    Arrays.sort(packed, from, size);
  }

  /** Whether there is such a match among the sorted ones from an index on. */
  boolean has(int from, int pattern, int start, int end) {
    long wanted =
        (long) start << (LENGTH_BITS + PATTERN_BITS)
            | (long) pattern << LENGTH_BITS
            | (end - start);
    return Arrays.binarySearch(packed, from, size, wanted) >= 0;
  }

  /** Keeps of those from an index on what a test allows. */
  void retain(int from, Test test) {
    long[] kept = new long[size - from];
    int count = 0;
    for (int i = from; i < size; i++) {
      if (test.allows(i)) {
        kept[count++] = packed[i];
      }
    }
    System.arraycopy(kept, 0, packed, from, count);
    size = from + count;
  }

  /** Says of the match at an index whether it stays. */
  @FunctionalInterface
  interface Test {
    boolean allows(int index);
  }
}
