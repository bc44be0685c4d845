package drydock.timeline.plot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * From times to columns: stretches of time with columns of equal length, and between, before and
 * behind them breaks of one wide column each. Every time has a column. Lengths are milliseconds and
 * pixels. Immutable.
 */
public final class Axis {
  static final int WIDTH = 1040;
  static final int COLUMN = 4;
  static final int BREAK = 28;
  private static final int MIN_COLUMNS = 18;

  /**
   * A part of the axis.
   *
   * @param x where it begins
   * @param column its first column
   * @param columns how many it has; 1 of a break
   */
  record Part(long from, long to, int x, int column, int columns, boolean isBreak) {
    int width() {
      return isBreak ? BREAK : columns * COLUMN;
    }

    /** Where a time of this part lies. */
    int xOf(long time) {
      if (isBreak) {
        return x + BREAK / 2;
      }
      double share = (double) (time - from) / (to - from);
      return x + (int) Math.min(width() - 1, Math.max(0, Math.floor(share * width())));
    }
  }

  private final List<Part> parts;

  private Axis(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /**
   * An axis for what happened.
   *
   * @param since no earlier time will come; {@link Instant#MIN} where that is not known
   * @param until only earlier times will come; {@link Instant#MAX} likewise
   */
  public static Axis of(Spread spread, Instant since, Instant until) {
    boolean begins = since.isAfter(Instant.MIN);
    boolean ends = until.isBefore(Instant.MAX);
    List<Spread.Stretch> stretches = new ArrayList<>(spread.stretches());
    if (begins && ends) {
      stretches = List.of(new Spread.Stretch(Spread.millis(since), end(since, until), 1));
    } else if (stretches.isEmpty()) {
      long at = begins ? Spread.millis(since) : ends ? Spread.millis(until) - 1000 : 0;
      stretches = List.of(new Spread.Stretch(at, at + 1000, 1));
    }
    return new Axis(parts(clipped(stretches, since, until), !begins, !ends));
  }

  private static long end(Instant since, Instant until) {
    return Math.max(Spread.millis(since) + 1, Spread.millis(until));
  }

  /** Without what lies before the first or behind the last time that may come. */
  private static List<Spread.Stretch> clipped(
      List<Spread.Stretch> stretches, Instant since, Instant until) {
    List<Spread.Stretch> clipped = new ArrayList<>();
    for (Spread.Stretch each : stretches) {
      long from =
          since.isAfter(Instant.MIN) ? Math.max(each.from(), Spread.millis(since)) : each.from();
      long to = until.isBefore(Instant.MAX) ? Math.min(each.to(), Spread.millis(until)) : each.to();
      if (from < to) {
        clipped.add(new Spread.Stretch(from, to, each.weight()));
      }
    }
    return clipped.isEmpty() ? stretches : clipped;
  }

  private static List<Part> parts(List<Spread.Stretch> stretches, boolean earlier, boolean later) {
    int breaks = stretches.size() - 1 + (earlier ? 1 : 0) + (later ? 1 : 0);
    int columns = (WIDTH - breaks * BREAK) / COLUMN;
    List<Integer> shares = shares(stretches, columns);
    List<Part> parts = new ArrayList<>();
    int x = 0;
    int column = 0;
    long before = Long.MIN_VALUE;
    for (int i = 0; i < stretches.size(); i++) {
      Spread.Stretch each = stretches.get(i);
      if (i > 0 || earlier) {
        parts.add(new Part(before, each.from(), x, column++, 1, true));
        x += BREAK;
      }
      Part part = new Part(each.from(), each.to(), x, column, shares.get(i), false);
      parts.add(part);
      x += part.width();
      column += part.columns();
      before = each.to();
    }
    if (later) {
      parts.add(new Part(before, Long.MAX_VALUE, x, column, 1, true));
    }
    return parts;
  }

  /** Half of the columns by length, half by how much happened; none gets too few to be seen. */
  private static List<Integer> shares(List<Spread.Stretch> stretches, int columns) {
    double length = 0;
    double weight = 0;
    for (Spread.Stretch each : stretches) {
      length += each.length();
      weight += Math.sqrt(each.weight());
    }
    int free = columns - MIN_COLUMNS * stretches.size();
    List<Integer> shares = new ArrayList<>();
    for (Spread.Stretch each : stretches) {
      double share = each.length() / length / 2 + Math.sqrt(each.weight()) / weight / 2;
      shares.add(MIN_COLUMNS + (int) (free * share));
    }
    return shares;
  }

  List<Part> parts() {
    return parts;
  }

  /** The part that a time lies in. */
  Part part(long time) {
    for (Part part : parts) {
      if (time < part.to()) {
        return part;
      }
    }
    return parts.get(parts.size() - 1);
  }

  int columns() {
    Part last = parts.get(parts.size() - 1);
    return last.column() + last.columns();
  }

  int width() {
    Part last = parts.get(parts.size() - 1);
    return last.x() + last.width();
  }

  int column(long time) {
    Part part = part(time);
    return part.isBreak() ? part.column() : part.column() + (part.xOf(time) - part.x()) / COLUMN;
  }

  int x(long time) {
    return part(time).xOf(time);
  }
}
