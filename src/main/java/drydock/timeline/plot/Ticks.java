package drydock.timeline.plot;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where a stretch of time has ticks, in steps that people count in. Pure. */
final class Ticks {
  private static final int MIN_PIXELS = 62;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;
  private static final long[] STEPS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    182 * DAY,
    YEAR,
    2 * YEAR,
    5 * YEAR,
    10 * YEAR,
    20 * YEAR,
    50 * YEAR,
    100 * YEAR
  };
  private static final DateTimeFormatter DATE = format("uuuu-MM-dd");

  /** The last and the first year that are written as such. */
  private static final long LAST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  /** A time and how it is written. */
  record Tick(long time, String text) {}

  private Ticks() {}

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  static List<Tick> of(Axis.Part part) {
    long step = step(part);
    List<Tick> ticks = new ArrayList<>();
    long first = Math.floorDiv(part.from() + step - 1, step) * step;
    int most = part.width() / MIN_PIXELS + 2;
    for (long at = first; at < part.to() && ticks.size() < most; at += step) {
      ticks.add(new Tick(at, text(at, step)));
    }
    return ticks;
  }

  private static long step(Axis.Part part) {
    double each = (double) (part.to() - part.from()) * MIN_PIXELS / part.width();
    for (long step : STEPS) {
      if (step >= each) {
        return step;
      }
    }
    return (long) Math.ceil(each / STEPS[STEPS.length - 1]) * STEPS[STEPS.length - 1];
  }

  private static String text(long time, long step) {
    if (step >= DAY) {
      return date(time);
    }
    String pattern = step >= MINUTE ? "HH:mm" : step >= SECOND ? "HH:mm:ss" : "HH:mm:ss.SSS";
    return time < FIRST || time > LAST ? "" : format(pattern).format(Instant.ofEpochMilli(time));
  }

  /** The day of a time. */
  static String date(long time) {
    return time < FIRST || time > LAST ? "?" : DATE.format(Instant.ofEpochMilli(time));
  }

  /** To the second. */
  static String whole(long time) {
    String clock = time < FIRST || time > LAST ? "" : text(time, SECOND);
    return date(time) + " " + clock;
  }

  /** A length of time, about: {@code 3.4 d}. */
  static String length(long millis) {
    if (millis < SECOND) {
      return millis + " ms";
    }
    long[] units = {YEAR, DAY, HOUR, MINUTE, SECOND};
    String[] names = {"y", "d", "h", "min", "s"};
    int i = 0;
    while (millis < units[i]) {
      i++;
    }
    long tenths = millis / (units[i] / 10);
    boolean fine = tenths < 100 && tenths % 10 != 0;
    return tenths / 10 + (fine ? "." + tenths % 10 : "") + " " + names[i];
  }
}
