package drydock.checkpoint.diff;

import drydock.checkpoint.criu.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts pages that are not the same, and keeps where they are. For one thread. */
final class PageTally {
  /** More ranges of one area than these are only counted. */
  private static final int MOST_RANGES = 4096;

  /** How a page differs. */
  enum How {
    /** Other bytes. */
    CHANGED,
    /** It was the file's, of which nothing is in the images, and has bytes of its own now. */
    ADDED,
    /** The other way around. */
    REMOVED,
    /** The images of one of both should have it and do not. */
    UNKNOWN;

    private String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Range(How how, long start, long end) {}

  private final int pageSize;
  private final long[] pages = new long[How.values().length];
  private final List<Range> ranges = new ArrayList<>();
  private long leftOut;

  PageTally(int pageSize) {
    this.pageSize = pageSize;
  }

  void add(How how, long start, long length) {
    pages[how.ordinal()] += (length + pageSize - 1) / pageSize;
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).end() == start && ranges.get(last).how() == how) {
      ranges.set(last, new Range(how, ranges.get(last).start(), start + length));
    } else if (ranges.size() < MOST_RANGES) {
      ranges.add(new Range(how, start, start + length));
    } else {
      leftOut++;
    }
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  void tell(Facts facts) {
    for (How each : How.values()) {
      if (pages[each.ordinal()] > 0) {
        facts.put(each.label() + "_pages", pages[each.ordinal()]);
      }
    }
    List<Rendered> all = new ArrayList<>();
    for (Range each : ranges) {
      all.add(
          new Facts()
              .put("start", Facts.hex(each.start()))
              .put("end", Facts.hex(each.end()))
              .put("how", each.how().label())
              .fields());
    }
    facts.put("ranges", new Rendered.Many(all));
    if (leftOut > 0) {
      facts.put("ranges_left_out", leftOut);
    }
  }
}
