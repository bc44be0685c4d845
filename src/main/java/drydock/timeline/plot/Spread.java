package drydock.timeline.plot;

import drydock.finding.FindingLog;
import drydock.timeline.BodyFileWriter;
import drydock.timeline.EventFilter;
import drydock.timeline.EventSource;
import drydock.timeline.FileSource;
import drydock.timeline.Gathering;
import drydock.timeline.TimeMeaning;
import drydock.timeline.View;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When things happened, roughly: decides which stretches of time a picture shows, so that what lies
 * years apart does not squeeze all else. Keeps at most {@value #MAX_SPOTS} spots of time, which
 * grow coarser as they become more. For one thread.
 */
public final class Spread implements Gathering {
  static final int MAX_SPOTS = 20_000;

  /** What a file brings along, and what anybody can set, says nothing of when it came here. */
  private static final Set<TimeMeaning> IN_PLACE =
      EnumSet.of(TimeMeaning.CHANGED, TimeMeaning.CREATED);

  private static final int MAX_BREAKS = 7;

  /** What is left out by a break is at least such a part of all that would be shown. */
  private static final int BREAK_PART = 6;

  private static final long MIN_BREAK_MILLIS = 60_000;
  private static final int MARGIN_PART = 40;
  private static final long MARGIN_MILLIS = 1000;

  /** Times further out than this, about ten million years, count as these. */
  private static final long FAR_SECONDS = 1L << 48;

  private final EventFilter filter;
  private final FindingLog log;
  private SortedMap<Long, Long> spots = new TreeMap<>();
  private int shift;

  public Spread(EventFilter filter, FindingLog log) {
    this.filter = filter;
    this.log = log;
  }

  /** A stretch of time, in milliseconds since 1970, and how much happened in it. */
  record Stretch(long from, long to, long weight) {
    long length() {
      return to - from;
    }
  }

  /** A time in milliseconds; one that is too far out is the farthest there is. */
  static long millis(Instant time) {
    long seconds = Math.max(-FAR_SECONDS, Math.min(FAR_SECONDS, time.getEpochSecond()));
    return seconds * 1000 + time.getNano() / 1_000_000;
  }

  @Override
  public void add(EventSource source) throws IOException {
    source.emit(
        event -> {
          if (filter.wants(event)) {
            add(event.time());
          }
        });
  }

  @Override
  public void add(View view, boolean deleted, BodyFileWriter.Progress progress) throws IOException {
    new FileSource(view, filter, false, progress, log)
        .emit(
            event -> {
              if (filter.wants(event) && IN_PLACE.contains(event.meaning())) {
                add(event.time());
              }
            });
  }

  void add(Instant time) {
    spots.merge(millis(time) >> shift, 1L, Long::sum);
    if (spots.size() > MAX_SPOTS) {
      coarsen();
    }
  }

  private void coarsen() {
    while (spots.size() > MAX_SPOTS / 2) {
      shift++;
      SortedMap<Long, Long> coarser = new TreeMap<>();
      spots.forEach((spot, count) -> coarser.merge(spot >> 1, count, Long::sum));
      spots = coarser;
    }
  }

  /** How many spots are kept. */
  int spots() {
    return spots.size();
  }

  /** Whether there are no times. */
  public boolean isEmpty() {
    return spots.isEmpty();
  }

  /** The stretches in which something happened, in order; none when nothing did. */
  List<Stretch> stretches() {
    List<Long> times = new ArrayList<>();
    spots.keySet().forEach(spot -> times.add(spot << shift));
    if (times.isEmpty()) {
      return List.of();
    }
    List<Integer> breaks = breaks(times);
    List<Stretch> stretches = new ArrayList<>();
    int first = 0;
    for (int i = 0; i <= breaks.size(); i++) {
      int last = i < breaks.size() ? breaks.get(i) : times.size() - 1;
      stretches.add(stretch(times, first, last));
      first = last + 1;
    }
    return stretches;
  }

  /** The places behind which time is left out: always the longest of what would be shown. */
  private static List<Integer> breaks(List<Long> times) {
    List<Integer> gaps = new ArrayList<>();
    for (int i = 0; i + 1 < times.size(); i++) {
      gaps.add(i);
    }
    Comparator<Integer> byLength = Comparator.comparingLong(i -> times.get(i + 1) - times.get(i));
    gaps.sort(byLength.reversed());
    long shown = times.get(times.size() - 1) - times.get(0);
    List<Integer> breaks = new ArrayList<>();
    for (int gap : gaps) {
      long length = times.get(gap + 1) - times.get(gap);
      if (breaks.size() == MAX_BREAKS
          || length < MIN_BREAK_MILLIS
          || length <= shown / BREAK_PART) {
        break;
      }
      breaks.add(gap);
      shown -= length;
    }
    breaks.sort(Comparator.naturalOrder());
    return breaks;
  }

  /** With some room on both sides, which is never more than half of a break. */
  private Stretch stretch(List<Long> times, int first, int last) {
    long from = times.get(first);
    long to = times.get(last) + (1L << shift);
    long margin = Math.max(MARGIN_MILLIS, (to - from) / MARGIN_PART);
    long weight = 0;
    for (Map.Entry<Long, Long> spot : spots.subMap(from >> shift, to >> shift).entrySet()) {
      weight += spot.getValue();
    }
    return new Stretch(from - margin, to + margin, weight);
  }
}
