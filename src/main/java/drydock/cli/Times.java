package drydock.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Times as they are typed: RFC 3339, or without an offset (then UTC), or a day alone (its start).
 */
final class Times {
  private static final int DAY_LENGTH = 10;

  private Times() {}

  static Optional<Instant> parse(String text) {
    String time = text.replace(' ', 'T');
    try {
      if (time.length() <= DAY_LENGTH) {
        return Optional.of(LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
      boolean offset =
          time.endsWith("Z") || time.substring(DAY_LENGTH).matches(".*[+-]\\d\\d:\\d\\d");
      return Optional.of(
          offset
              ? OffsetDateTime.parse(time).toInstant()
              : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
