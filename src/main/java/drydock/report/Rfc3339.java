package drydock.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as text, in UTC, with as many digits of the second as they have and no more (RFC 3339). */
public final class Rfc3339 {
  private Rfc3339() {}

  /** {@code 2026-11-22T01:00:49.947622168Z}; no zeros at the fraction's end, as Go writes them. */
  public static String of(Instant time) {
    String text = time.toString();
    if (text.indexOf('.') < 0) {
      return text;
    }
    int end = text.length() - 1;
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }

  /** The same to the second, cut and not rounded, for tables. */
  public static String toTheSecond(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
