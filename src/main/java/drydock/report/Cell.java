package drydock.report;

import org.jspecify.annotations.Nullable;

/**
 * What stands in one column of one row.
 *
 * @param value null is unknown
 * @param shown the text for a table where it is not the value's own
 */
public record Cell(@Nullable Value value, @Nullable String shown) {
  /** The text for a table. */
  String text(boolean wide) {
    if (shown != null) {
      return shown;
    }
    if (value == null || isEmpty(value)) {
      return "-";
    }
    String text = wide ? value.text() : value.brief();
    return text.isEmpty() ? "\"\"" : text;
  }

  private static boolean isEmpty(Value value) {
    return (value instanceof Value.Many many && many.values().isEmpty())
        || (value instanceof Value.Pairs pairs && pairs.values().isEmpty());
  }

  boolean isNumber() {
    return shown == null && (value instanceof Value.Whole || value instanceof Value.Count);
  }
}
