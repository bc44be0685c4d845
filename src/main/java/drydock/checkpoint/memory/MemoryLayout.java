package drydock.checkpoint.memory;

import java.util.List;

/**
 * Where the kernel thinks the parts of a process lie ({@code prctl(2)}, PR_SET_MM): addresses,
 * unsigned, as the process may have set them itself.
 *
 * @param executable the executable's number in {@code files.img}
 * @param auxiliary the auxiliary vector: types and values in turn
 */
public record MemoryLayout(
    long startCode,
    long endCode,
    long startData,
    long endData,
    long startStack,
    long startBreak,
    long endBreak,
    long startArguments,
    long endArguments,
    long startEnvironment,
    long endEnvironment,
    long executable,
    List<Long> auxiliary) {
  static final int DEFAULT_PAGE = 4096;

  /** Of what is no process. */
  static final MemoryLayout NONE = new MemoryLayout(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

  static final int LARGEST_PAGE = 1 << 16;

  /** The auxiliary vector's type for the size of a page ({@code getauxval(3)}, AT_PAGESZ). */
  private static final long PAGE_SIZE_TYPE = 6;

  /** Of a process of which no more is known than the size of its pages. */
  static MemoryLayout ofPages(int size) {
    List<Long> auxiliary = List.of(PAGE_SIZE_TYPE, (long) size);
    return new MemoryLayout(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, auxiliary);
  }

  public MemoryLayout {
    auxiliary = List.copyOf(auxiliary);
  }

  /** The size of a page, as the auxiliary vector tells it; 4096 where it tells no sound one. */
  public int pageSize() {
    for (int i = 0; i + 1 < auxiliary.size(); i += 2) {
      long size = auxiliary.get(i + 1);
      if (auxiliary.get(i) == PAGE_SIZE_TYPE
          && size >= DEFAULT_PAGE
          && size <= LARGEST_PAGE
          && Long.bitCount(size) == 1) {
        return (int) size;
      }
    }
    return DEFAULT_PAGE;
  }
}
