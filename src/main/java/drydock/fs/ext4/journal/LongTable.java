package drydock.fs.ext4.journal;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Numbers under numbers, for as many blocks as a journal holds: 16 bytes a place, no objects. Keys
 * are not negative. For one thread while it is filled.
 *
 * <p>Places are picked with a random multiplier, so that no journal can be made whose blocks
 * collide; what is read back never depends on it.
 */
final class LongTable {
  static final long ABSENT = -1;
  private static final int FIRST_PLACES = 64;

  private final long multiplier = ThreadLocalRandom.current().nextLong() | 1;
  private long[] keys = emptyKeys(FIRST_PLACES);
  private long[] values = new long[FIRST_PLACES];
  private int size;

  /** The value of a key, or {@link #ABSENT}. */
  long get(long key) {
    int at = place(keys, key);
    return keys[at] == key ? values[at] : ABSENT;
  }

  void put(long key, long value) {
    int at = place(keys, key);
    if (keys[at] != key) {
      if (size >= keys.length / 2) {
        grow();
        at = place(keys, key);
      }
      keys[at] = key;
      size++;
    }
    values[at] = value;
  }

  int size() {
    return size;
  }

  long[] sortedKeys() {
    long[] sorted = new long[size];
    int filled = 0;
    for (long key : keys) {
      if (key != ABSENT) {
        sorted[filled++] = key;
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldValues = values;
    keys = emptyKeys(oldKeys.length * 2);
    values = new long[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != ABSENT) {
        int at = place(keys, oldKeys[i]);
        keys[at] = oldKeys[i];
        values[at] = oldValues[i];
      }
    }
  }

  private static long[] emptyKeys(int places) {
    long[] keys = new long[places];
    Arrays.fill(keys, ABSENT);
    return keys;
  }

  /** Where the key is, or the free place where it would be; the table is never full. */
  private int place(long[] keys, long key) {
    int at = (int) (key * multiplier >>> Long.numberOfLeadingZeros(keys.length - 1L));
    while (keys[at] != ABSENT && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return at;
  }
}
