package drydock.checkpoint.network;

import drydock.checkpoint.criu.IpAddress;
import drydock.checkpoint.criu.Rendered;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the fields of a fact and, of those that are shown in a line, its words. */
final class Details {
  private final Map<String, Rendered> fields = new LinkedHashMap<>();
  private final StringBuilder line = new StringBuilder();

  /** Adds a field; nothing where it is null. */
  Details add(String name, @Nullable Long number) {
    if (number != null) {
      fields.put(name, new Rendered.Count(number));
    }
    return this;
  }

  Details add(String name, @Nullable String word) {
    if (word != null) {
      fields.put(name, new Rendered.Word(word));
    }
    return this;
  }

  Details add(String name, byte @Nullable [] text) {
    if (text != null) {
      fields.put(name, new Rendered.Text(text));
    }
    return this;
  }

  Details add(String name, Rendered value) {
    fields.put(name, value);
    return this;
  }

  /** Adds an address of 4 or 16 bytes, if there is one. */
  Details address(String name, byte @Nullable [] raw) {
    return add(name, raw == null ? null : IpAddress.text(raw));
  }

  /** Adds the types of attributes that are not decoded, if there are any. */
  Details unknown(List<Integer> types) {
    if (!types.isEmpty()) {
      List<Rendered> numbers =
          types.stream().<Rendered>map(each -> new Rendered.Count(each)).toList();
      fields.put("other_attributes", new Rendered.Many(numbers));
    }
    return this;
  }

  /** Adds words to the line; nothing where one is null. */
  Details say(@Nullable Object... words) {
    StringBuilder more = new StringBuilder();
    for (Object each : words) {
      if (each == null) {
        return this;
      }
      String text = each instanceof byte[] raw ? latin(raw) : each.toString();
      more.append(more.length() == 0 && line.length() == 0 ? "" : " ").append(text);
    }
    line.append(more);
    return this;
  }

  /** A byte a character, so that none is lost. */
  static String latin(byte[] raw) {
    return new String(raw, StandardCharsets.ISO_8859_1);
  }

  Rendered.Fields fields() {
    return new Rendered.Fields(new LinkedHashMap<>(fields));
  }

  Rendered.Text text() {
    return new Rendered.Text(line.toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
