package drydock.checkpoint.memory;

/**
 * Which pages a dump has, and where in its pages image: sorted by address, without overlaps.
 *
 * <p>The pages of an image lie in it in the order of the map's entries, nothing between them; so an
 * entry that lies about its count moves all that come after it. Positions are those in the unpacked
 * pages, be the image compressed or not. Addresses are unsigned. Immutable, safe from many threads.
 */
final class PageMap {
  private static final PageState[] STATES = PageState.values();

  private final long[] starts;
  private final long[] ends;
  private final long[] positions;
  private final byte[] states;
  private final int size;
  private final long dumpedBytes;

  /** Pages that follow one another; {@code position} means something of dumped ones only. */
  record Run(long start, long end, PageState state, long position) {}

  /** Takes the arrays as they are; only their first {@code size} elements count. */
  PageMap(long[] starts, long[] ends, long[] positions, byte[] states, int size, long dumpedBytes) {
    this.size = size;
    this.starts = starts;
    this.ends = ends;
    this.positions = positions;
    this.states = states;
    this.dumpedBytes = dumpedBytes;
  }

  /** How large the unpacked pages image must be for all that the map says of it. */
  long dumpedBytes() {
    return dumpedBytes;
  }

  int size() {
    return size;
  }

  Run run(int index) {
    return new Run(starts[index], ends[index], STATES[states[index]], positions[index]);
  }

  boolean has(PageState state) {
    for (int i = 0; i < size; i++) {
      if (states[i] == state.ordinal()) {
        return true;
      }
    }
    return false;
  }

  /** The run that holds an address, or the first one behind it; {@link #size()} if none. */
  int indexAt(long address) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(ends[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
