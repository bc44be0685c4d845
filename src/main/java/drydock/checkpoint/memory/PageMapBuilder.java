package drydock.checkpoint.memory;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Makes a {@link PageMap} of entries in the order in which they are stored, and tells what is wrong
 * with them. For one thread.
 *
 * <p>CRIU itself looks for a page from the front to the back (its {@code criu/pagemap.c}, {@code
 * seek_pagemap}), so of entries that overlap the one that begins first counts.
 */
final class PageMapBuilder {
  /** The most runs that are kept of one map and all its parents. */
  static final int MAX_RUNS = 2_000_000;

  /** Nothing lies in the last 64 KiB of all addresses: so ends never wrap to zero. */
  private static final long LIMIT = -(1L << 16);

  private final Origin origin;
  private final FindingLog log;
  private final int pageSize;
  private final int room;
  private long[] starts = new long[16];
  private long[] ends = new long[16];
  private long[] positions = new long[16];
  private byte[] states = new byte[16];
  private int size;
  private long position;
  private boolean sorted = true;
  private boolean full;

  /**
   * @param room the most runs to keep, 25 bytes each
   */
  PageMapBuilder(int pageSize, int room, Origin origin, FindingLog log) {
    this.pageSize = pageSize;
    this.room = Math.min(room, MAX_RUNS);
    this.origin = origin;
    this.log = log;
  }

  /**
   * Adds the next entry.
   *
   * @param offset where the entry lies in its image, for findings
   */
  void add(PageEntry entry, long offset) {
    long start = entry.address();
    if (entry.pages() == 0) {
      damage(offset, "an entry of a page map without pages", "0", "at least 1");
      return;
    }
    if (Long.remainderUnsigned(start, pageSize) != 0) {
      damage(
          offset,
          "the address of an entry of a page map is inside of a page",
          hex(start),
          "a multiple of " + pageSize);
    }
    long room = Long.compareUnsigned(start, LIMIT) < 0 ? LIMIT - start : 0;
    long most = Math.min(Long.divideUnsigned(room, pageSize), Long.MAX_VALUE / pageSize);
    long pages = entry.pages();
    if (Long.compareUnsigned(pages, most) > 0) {
      damage(
          offset,
          "an entry of a page map reaches beyond all addresses",
          Long.toUnsignedString(pages) + " pages at " + hex(start),
          "at most " + most);
      pages = most;
    }
    PageState state = entry.state();
    if (state == null) {
      damage(offset, "an entry of a page map does not say where its pages are", "no flag", "one");
    } else if (pages > 0) {
      append(start, pages * pageSize, state, offset);
    }
  }

  /** Adds a page that lies at a position of its own, as in images of CRIU 0.4 and before. */
  void add(long address, long at, long offset) {
    append(address, pageSize, PageState.DUMPED, at, offset);
    position = Math.max(position, at + pageSize);
  }

  private void append(long start, long length, PageState state, long offset) {
    long at = position;
    if (state == PageState.DUMPED) {
      if (length > Long.MAX_VALUE - position) {
        damage(
            offset,
            "a page map tells of more pages than any file can hold",
            length + " bytes more",
            "at most " + (Long.MAX_VALUE - position));
        return;
      }
      position += length;
    }
    append(start, length, state, at, offset);
  }

  private void append(long start, long length, PageState state, long at, long offset) {
    if (size > 0 && Long.compareUnsigned(start, ends[size - 1]) < 0) {
      if (sorted) {
        damage(
            offset,
            "an entry of a page map lies before the end of the one before it",
            hex(start),
            "at least " + hex(ends[size - 1]));
      }
      sorted = false;
    }
    if (continues(start, state, at)) {
      ends[size - 1] = start + length;
      return;
    }
    if (size == room) {
      if (!full) {
        damage(offset, "a page map has too many runs", "more", "at most " + room);
      }
      full = true;
      return;
    }
    grow();
    starts[size] = start;
    ends[size] = start + length;
    positions[size] = at;
    states[size] = (byte) state.ordinal();
    size++;
  }

  private boolean continues(long start, PageState state, long at) {
    int last = size - 1;
    return last >= 0
        && start == ends[last]
        && states[last] == state.ordinal()
        && (state != PageState.DUMPED || positions[last] + (ends[last] - starts[last]) == at);
  }

  private void grow() {
    if (size == starts.length) {
      int larger = Math.min(MAX_RUNS, size + (size >> 1));
      starts = Arrays.copyOf(starts, larger);
      ends = Arrays.copyOf(ends, larger);
      positions = Arrays.copyOf(positions, larger);
      states = Arrays.copyOf(states, larger);
    }
  }

  PageMap build() {
    if (!sorted) {
      sort();
      cutOverlaps();
    }
    return new PageMap(starts, ends, positions, states, size, position);
  }

  private void sort() {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted((a, b) -> Long.compareUnsigned(starts[a], starts[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    starts = reorder(starts, order);
    ends = reorder(ends, order);
    positions = reorder(positions, order);
    byte[] moved = new byte[size];
    for (int i = 0; i < size; i++) {
      moved[i] = states[order[i]];
    }
    states = moved;
  }

  private static long[] reorder(long[] values, int[] order) {
    long[] moved = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      moved[i] = values[order[i]];
    }
    return moved;
  }

  /**
   * Of what lies twice the run that begins first is kept, and of two that begin there the first.
   */
  private void cutOverlaps() {
    int kept = 0;
    long end = 0;
    for (int i = 0; i < size; i++) {
      long start = kept > 0 && Long.compareUnsigned(starts[i], end) < 0 ? end : starts[i];
      if (Long.compareUnsigned(start, ends[i]) >= 0) {
        continue;
      }
      positions[kept] = positions[i] + (start - starts[i]);
      starts[kept] = start;
      ends[kept] = ends[i];
      states[kept] = states[i];
      end = ends[i];
      kept++;
    }
    size = kept;
  }

  private void damage(long offset, String what, String found, String expected) {
    log.add(Finding.damage(origin, offset, what, found, expected));
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
