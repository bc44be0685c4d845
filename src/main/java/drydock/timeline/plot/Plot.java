package drydock.timeline.plot;

import drydock.finding.FindingLog;
import drydock.timeline.BodyFileWriter;
import drydock.timeline.Event;
import drydock.timeline.EventFilter;
import drydock.timeline.EventSource;
import drydock.timeline.FileSource;
import drydock.timeline.Gathering;
import drydock.timeline.View;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Events as a picture. Of the containers the {@value #SHOWN_LANES} with the most events have a lane
 * of their own, the others share one. For one thread.
 */
public final class Plot implements Gathering {
  static final int SHOWN_LANES = 40;

  /** Those that come when there are so many are not told apart. */
  private static final int KEPT_LANES = 4000;

  private final Axis axis;
  private final EventFilter filter;
  private final FindingLog log;
  private final SortedMap<LaneKey, Lane> lanes = new TreeMap<>();
  private int more;

  public Plot(Axis axis, EventFilter filter, FindingLog log) {
    this.axis = axis;
    this.filter = filter;
    this.log = log;
  }

  @Override
  public void add(EventSource source) throws IOException {
    source.emit(
        event -> {
          if (filter.wants(event)) {
            add(event);
          }
        });
  }

  @Override
  public void add(View view, boolean deleted, BodyFileWriter.Progress progress) throws IOException {
    add(new FileSource(view, filter, deleted, progress, log));
  }

  private void add(Event event) {
    LaneKey key = LaneKey.of(event.subject());
    if (lanes.size() >= KEPT_LANES && !lanes.containsKey(key)) {
      key = LaneKey.OTHERS;
    }
    lanes.computeIfAbsent(key, each -> new Lane(axis)).add(event);
  }

  /**
   * Writes the picture.
   *
   * @param title what it is of
   */
  public void writeTo(OutputStream out, String title) throws IOException {
    SortedMap<LaneKey, Lane> shown = shown();
    String text = new Drawing(axis, title, shown, more).draw();
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The busiest, with the pods that they are of; and one lane for all others. */
  private SortedMap<LaneKey, Lane> shown() {
    Comparator<Map.Entry<LaneKey, Lane>> busiest =
        Comparator.comparingLong(each -> -each.getValue().total());
    List<LaneKey> ranked =
        lanes.entrySet().stream()
            .filter(each -> !each.getKey().isPod() && each.getKey().rank() != 0)
            .filter(each -> !each.getKey().equals(LaneKey.OTHERS))
            .sorted(busiest.thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .toList();
    Set<LaneKey> kept = new HashSet<>(Set.of(LaneKey.NODE));
    for (LaneKey key : ranked.subList(0, Math.min(SHOWN_LANES, ranked.size()))) {
      kept.add(key);
      kept.add(key.ofPod());
    }
    SortedMap<LaneKey, Lane> shown = new TreeMap<>();
    Lane others = lanes.getOrDefault(LaneKey.OTHERS, new Lane(axis));
    boolean all = ranked.size() <= SHOWN_LANES;
    for (Map.Entry<LaneKey, Lane> each : lanes.entrySet()) {
      if (all || kept.contains(each.getKey())) {
        shown.put(each.getKey(), each.getValue());
      } else if (!each.getKey().equals(LaneKey.OTHERS)) {
        others.addAll(each.getValue());
        more++;
      }
    }
    if (others.total() > 0) {
      shown.put(LaneKey.OTHERS, others);
    }
    for (LaneKey key : List.copyOf(shown.keySet())) {
      if (key.isOfPod()) {
        shown.computeIfAbsent(key.ofPod(), pod -> new Lane(axis));
      }
    }
    return shown;
  }
}
