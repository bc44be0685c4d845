package drydock.report;

import drydock.fs.NameText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON on one line, the same text as {@link JsonText} makes of them. Texts of plain ASCII
 * and what has no text in it go straight into the builder, because a manifest or a list of a
 * million files is nothing else; all that needs an escape is left to that one. For one thread.
 */
final class CompactJson {
  private final StringBuilder out;

  CompactJson(StringBuilder out) {
    this.out = out;
  }

  void object(List<Column.Heading> headings, List<Cell> cells) throws IOException {
    char before = '{';
    for (int i = 0; i < cells.size(); i++) {
      Value value = cells.get(i).value();
      Column.Heading heading = headings.get(i);
      if (value != null || !heading.optional()) {
        out.append(before);
        string(heading.name());
        out.append(':');
        write(value);
        before = ',';
      }
    }
    out.append(before == '{' ? "{}" : "}");
  }

  void write(@Nullable Value value) throws IOException {
    if (value == null) {
      out.append("null");
    } else if (value instanceof Value.Text text) {
      string(text.raw());
    } else if (value instanceof Value.Whole whole) {
      out.append(whole.number());
    } else if (value instanceof Value.Time time) {
      string(time.text());
    } else if (value instanceof Value.Bytes bytes) {
      string(bytes.recorded());
    } else if (value instanceof Value.Data data) {
      string(NameText.of(data.raw()));
    } else if (value instanceof Value.Id id) {
      string(id.raw());
    } else if (value instanceof Value.Flag flag) {
      out.append(flag.set());
    } else if (value instanceof Value.Count count) {
      out.append(count.text());
    } else if (value instanceof Value.Many many) {
      many(many.values());
    } else if (value instanceof Value.Pairs pairs) {
      pairs(pairs.values());
    } else {
      escaped(value);
    }
  }

  private void many(List<@Nullable Value> values) throws IOException {
    out.append('[');
    int start = out.length();
    for (Value each : values) {
      if (out.length() > start) {
        out.append(',');
      }
      write(each);
    }
    out.append(']');
  }

  private void pairs(Map<String, @Nullable Value> values) throws IOException {
    out.append('{');
    int start = out.length();
    for (Map.Entry<String, @Nullable Value> each : values.entrySet()) {
      if (out.length() > start) {
        out.append(',');
      }
      string(each.getKey());
      out.append(':');
      write(each.getValue());
    }
    out.append('}');
  }

  private void string(String text) throws IOException {
    if (isPlain(text)) {
      out.append('"').append(text).append('"');
    } else {
      escaped(new Value.Text(text));
    }
  }

  private void escaped(Value value) throws IOException {
    new JsonText(new BuilderWriter(out), true).write(value);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each < ' ' || each >= 0x7f || each == '"' || each == '\\') {
        return false;
      }
    }
    return true;
  }
}
