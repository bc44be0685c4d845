package drydock.oci;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as the documents write them: RFC 3339 with any number of fractional digits and any offset.
 * Digits after the ninth are cut. Go's zero time, year 1, means that there is none.
 */
public final class OciTime {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ](\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,64}))?(?:[Zz]|([+-])(\\d\\d):(\\d\\d))");

  private static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");
  private static final int SECONDS_AN_HOUR = 3600;
  private static final int SECONDS_A_MINUTE = 60;

  private OciTime() {}

  /** The instant that a text names; empty when it names none or the zero time. */
  public static Optional<Instant> parse(String text) {
    return read(text).filter(time -> !time.equals(ZERO));
  }

  /** Whether a text is a time, be it the zero time. */
  static boolean isTime(String text) {
    return read(text).isPresent();
  }

  private static Optional<Instant> read(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(match, 1),
              number(match, 2),
              number(match, 3),
              number(match, 4),
              number(match, 5),
              number(match, 6),
              nanoseconds(match.group(7)));
      return Optional.of(local.toInstant(ZoneOffset.UTC).minusSeconds(offsetSeconds(match)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static int nanoseconds(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
  }

  private static long offsetSeconds(Matcher match) {
    String sign = match.group(8);
    if (sign == null) {
      return 0;
    }
    int hours = number(match, 9);
    int minutes = number(match, 10);
    if (hours > 23 || minutes > 59) {
      throw new DateTimeException("no such offset");
    }
    long seconds = (long) hours * SECONDS_AN_HOUR + (long) minutes * SECONDS_A_MINUTE;
    return sign.equals("-") ? -seconds : seconds;
  }
}
