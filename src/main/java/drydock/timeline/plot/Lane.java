package drydock.timeline.plot;

import drydock.timeline.Event;
import drydock.timeline.EventKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened to one container, one pod, or the node: counts a column, and marks. */
final class Lane {
  /** Marks of a kind in one box. */
  record Seen(long count, long first, String message) {
    Seen and(Seen other) {
      Seen earlier = other.first < first ? other : this;
      return new Seen(count + other.count, earlier.first, earlier.message);
    }
  }

  /** From when to when a container ran; null is not known to have happened. */
  record Life(@Nullable Long from, @Nullable Long to, @Nullable Integer exitCode) {
    private static final Life NONE = new Life(null, null, null);
  }

  private static final int SHOWN_TEXT = 200;
  private static final int MAX_LIVES = 1000;

  private final Axis axis;
  private final Map<Series, long[]> bars = new EnumMap<>(Series.class);
  private final SortedMap<Integer, Map<Mark, Seen>> marks = new TreeMap<>();
  private final SortedMap<String, Life> lives = new TreeMap<>();
  private long total;
  private @Nullable String image;

  Lane(Axis axis) {
    this.axis = axis;
  }

  void add(Event event) {
    total++;
    image = image == null ? event.subject().image() : image;
    long time = Spread.millis(event.time());
    Series series = Series.of(event).orElse(null);
    if (series != null) {
      counts(series)[axis.column(time)]++;
      return;
    }
    Mark mark = Mark.of(event.kind()).orElse(null);
    if (mark != null) {
      String text = event.message();
      String brief = text.length() <= SHOWN_TEXT ? text : text.substring(0, SHOWN_TEXT) + "...";
      mark(box(time), mark, new Seen(1, time, brief));
    }
    live(event, time);
  }

  private long[] counts(Series series) {
    return bars.computeIfAbsent(series, each -> new long[axis.columns()]);
  }

  private void mark(int box, Mark mark, Seen seen) {
    marks.computeIfAbsent(box, b -> new EnumMap<>(Mark.class)).merge(mark, seen, Seen::and);
  }

  /** The box that a mark of that time is put in: a place beside others. */
  private int box(long time) {
    return axis.x(time) / Boxes.SIDE;
  }

  private void live(Event event, long time) {
    String id = String.valueOf(event.subject().containerId());
    if (!lives.containsKey(id) && lives.size() >= MAX_LIVES) {
      return;
    }
    Life known = lives.getOrDefault(id, Life.NONE);
    boolean starts =
        event.kind() == EventKind.CONTAINER_STARTED
            || event.kind() == EventKind.CONTAINER_RESTARTED;
    boolean ends =
        event.kind() == EventKind.CONTAINER_EXITED || event.kind() == EventKind.CONTAINER_KILLED;
    if (starts) {
      lives.put(id, new Life(time, known.to, known.exitCode));
    } else if (ends) {
      lives.put(id, new Life(known.from, time, event.exitCode()));
    }
  }

  /** Adds what another one holds, but for its lives. */
  void addAll(Lane other) {
    total += other.total;
    other.bars.forEach(
        (series, counts) -> {
          long[] sum = counts(series);
          for (int i = 0; i < counts.length; i++) {
            sum[i] += counts[i];
          }
        });
    other.marks.forEach((box, all) -> all.forEach((mark, seen) -> mark(box, mark, seen)));
  }

  /** How many events it has. */
  long total() {
    return total;
  }

  Map<Series, long[]> bars() {
    return bars;
  }

  /** By place; that a record was written where something else is marked is left out. */
  SortedMap<Integer, Map<Mark, Seen>> marks() {
    SortedMap<Integer, Map<Mark, Seen>> shown = new TreeMap<>();
    for (Map.Entry<Integer, Map<Mark, Seen>> each : marks.entrySet()) {
      Map<Mark, Seen> all = new EnumMap<>(each.getValue());
      if (all.size() > 1) {
        all.remove(Mark.RECORDED);
      }
      shown.put(each.getKey(), all);
    }
    return shown;
  }

  /** What the container was made of, as far as an event said. */
  @Nullable String image() {
    return image;
  }

  SortedMap<String, Life> lives() {
    return lives;
  }
}
