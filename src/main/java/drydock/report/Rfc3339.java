package drydock.report;

import drydock.bytes.ByteText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Times as text, in UTC, with as many digits of the second as they have and no more (RFC 3339).
 *
 * <p>Written digit by digit: a list of a million files has four million times, and the JDK's
 * formatter took a quarter of what such a list costs. Years that do not have four digits are left
 * to it.
 */
public final class Rfc3339 {
  private static final int DAY_SECONDS = 24 * 60 * 60;
  private static final int FRACTION_DIGITS = 9;
  private static final int MOST_CHARS = 40;
  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private Rfc3339() {}

  /** {@code 2026-11-22T01:00:49.947622168Z}; no zeros at the fraction's end, as Go writes them. */
  public static String of(Instant time) {
    ByteText text = new ByteText(MOST_CHARS);
    append(time, text);
    return text.toString();
  }

  static void append(Instant time, ByteText text) {
    if (time.isBefore(YEAR_0) || !time.isBefore(YEAR_10000)) {
      text.ascii(withoutZeros(time.toString()));
      return;
    }
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), DAY_SECONDS));
    int second = Math.floorMod(time.getEpochSecond(), DAY_SECONDS);
    text.digits(day.getYear(), 4).put('-');
    text.digits(day.getMonthValue(), 2).put('-');
    text.digits(day.getDayOfMonth(), 2).put('T');
    text.digits(second / 3600, 2).put(':');
    text.digits(second / 60 % 60, 2).put(':');
    text.digits(second % 60, 2);
    if (time.getNano() != 0) {
      text.put('.').digits(time.getNano(), FRACTION_DIGITS);
      while (text.at(text.length() - 1) == '0') {
        text.cut(text.length() - 1);
      }
    }
    text.put('Z');
  }

  private static String withoutZeros(String text) {
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
    return of(time.truncatedTo(ChronoUnit.SECONDS));
  }
}
