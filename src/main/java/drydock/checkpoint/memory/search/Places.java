package drydock.checkpoint.memory.search;

import java.util.Arrays;

/** Numbers in the order in which they came. For one thread. */
final class Places {
  static final Places NONE = new Places();

  private int[] values = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }
}
