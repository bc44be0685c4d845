package drydock.report;

import drydock.bytes.Origin;
import drydock.fs.NameText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in one cell, the same for every output format. A value that is unknown is {@code
 * null}, never an empty one.
 */
public sealed interface Value {
  /** The whole value as text for people, not yet escaped by anyone but itself. */
  String text();

  /** A shorter text where there is not much room. */
  default String brief() {
    return text();
  }

  /** Text from evidence or of our own. */
  record Text(String raw) implements Value {
    @Override
    public String text() {
      return Escape.text(raw);
    }
  }

  /** An id or a digest: people are shown its beginning. */
  record Id(String raw) implements Value {
    private static final int SHOWN_DIGITS = 12;

    /** A text of fewer digits is shown whole: it may be a name that somebody chose. */
    private static final int MIN_DIGITS = 32;

    @Override
    public String text() {
      return Escape.text(raw);
    }

    @Override
    public String brief() {
      int colon = raw.indexOf(':');
      boolean isLong = raw.length() - colon - 1 >= MIN_DIGITS && colon != 0;
      for (int i = 0; isLong && i < raw.length(); i++) {
        char c = raw.charAt(i);
        boolean digit = c >= '0' && c <= '9';
        isLong = digit || (c >= 'a' && c <= (i < colon ? 'z' : 'f')) || i == colon;
      }
      return isLong ? raw.substring(0, colon + 1 + SHOWN_DIGITS) : text();
    }
  }

  /** Bytes of a name or path: text with {@code \xNN} where they are none. */
  record Bytes(byte[] raw) implements Value {
    @Override
    public String text() {
      return Escape.bytes(raw);
    }

    /** What records carry. */
    String recorded() {
      return NameText.of(raw);
    }
  }

  /** Bytes that may be many: people are shown their beginning. */
  record Data(byte[] raw) implements Value {
    private static final int SHOWN_BYTES = 48;

    @Override
    public String text() {
      return Escape.bytes(raw);
    }

    @Override
    public String brief() {
      return raw.length <= SHOWN_BYTES
          ? text()
          : Escape.bytes(Arrays.copyOf(raw, SHOWN_BYTES)) + "...";
    }
  }

  /** A whole number. */
  record Whole(long number) implements Value {
    @Override
    public String text() {
      return Long.toString(number);
    }
  }

  /** 64 bits that are a number without a sign, perhaps above 2^63. */
  record Count(long bits) implements Value {
    @Override
    public String text() {
      return Long.toUnsignedString(bits);
    }
  }

  /** Yes or no. */
  record Flag(boolean set) implements Value {
    @Override
    public String text() {
      return set ? "yes" : "no";
    }
  }

  /** A moment in UTC. */
  record Time(Instant instant) implements Value {
    @Override
    public String text() {
      return Rfc3339.of(instant);
    }

    @Override
    public String brief() {
      return Rfc3339.toTheSecond(instant);
    }
  }

  /** A list. */
  record Many(List<@Nullable Value> values) implements Value {
    @Override
    public String text() {
      StringBuilder out = new StringBuilder();
      for (Value value : values) {
        out.append(out.isEmpty() ? "" : ",").append(value == null ? "-" : value.text());
      }
      return out.toString();
    }
  }

  /** Names with values, in an order that means something. */
  record Pairs(Map<String, @Nullable Value> values) implements Value {
    @Override
    public String text() {
      StringBuilder out = new StringBuilder();
      values.forEach(
          (name, value) ->
              out.append(out.isEmpty() ? "" : ",")
                  .append(Escape.text(name))
                  .append('=')
                  .append(value == null ? "-" : value.text()));
      return out.toString();
    }
  }

  /** A JSON document that somebody else wrote, as stored. */
  record Document(byte[] json) implements Value {
    @Override
    public String text() {
      return Escape.bytes(json);
    }
  }

  static @Nullable Value of(@Nullable String text) {
    return text == null ? null : new Text(text);
  }

  static @Nullable Value id(@Nullable Object id) {
    return id == null ? null : new Id(id.toString());
  }

  static @Nullable Value of(@Nullable Long number) {
    return number == null ? null : new Whole(number);
  }

  static @Nullable Value of(@Nullable Integer number) {
    return number == null ? null : new Whole(number);
  }

  static @Nullable Value of(@Nullable Boolean set) {
    return set == null ? null : new Flag(set);
  }

  static @Nullable Value of(@Nullable Instant time) {
    return time == null ? null : new Time(time);
  }

  static Value of(Origin origin) {
    return new Text(origin.toString());
  }

  static Value of(List<String> texts) {
    return new Many(new ArrayList<>(texts.stream().map(Text::new).toList()));
  }

  /** Labels, annotations: texts by name. */
  static Value of(Map<String, String> texts) {
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    texts.forEach((name, text) -> values.put(name, new Text(text)));
    return new Pairs(values);
  }

  /**
   * Bytes as hexadecimal digits where they are no text, so that a reader gets them back; else null.
   */
  static @Nullable Value hexUnlessText(byte[] bytes) {
    return NameText.isUtf8(bytes) ? null : new Text(HexFormat.of().formatHex(bytes));
  }
}
