package drydock.report;

import drydock.bytes.ByteText;
import drydock.fs.NameText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON on one line, the same text as {@link JsonText} makes of them, in UTF-8. Texts of
 * plain ASCII and what has no text in it go straight in, because a manifest or a list of a million
 * files is nothing else; all that needs an escape is left to that one. For one thread.
 */
final class CompactJson {
  /** What bytes of a text need no escape, but for question marks, which are looked at twice. */
  private static final boolean[] PLAIN = plain();

  private final ByteText out;

  private static boolean[] plain() {
    boolean[] plain = new boolean[256];
    Arrays.fill(plain, ' ', 0x7f, true);
    plain['"'] = false;
    plain['\\'] = false;
    plain['?'] = false;
    return plain;
  }

  /** The names of an object's fields as they are written, made once for many objects. */
  static final class Names {
    private final boolean[] optional;
    private final byte[][] texts;

    Names(List<Column.Heading> headings) throws IOException {
      this.optional = new boolean[headings.size()];
      this.texts = new byte[headings.size()][];
      for (int i = 0; i < texts.length; i++) {
        ByteText text = new ByteText(32);
        optional[i] = headings.get(i).optional();
        new CompactJson(text).string(headings.get(i).name());
        texts[i] = text.put(':').bytes(0);
      }
    }
  }

  CompactJson(ByteText out) {
    this.out = out;
  }

  void object(Names names, List<Cell> cells) throws IOException {
    int start = out.length();
    for (int i = 0; i < cells.size(); i++) {
      field(start, names, i, cells.get(i).value());
    }
    end(start);
  }

  /** The same of a record: what a column asks for is read when its turn comes. */
  <T> void object(Names names, List<Column<T>> columns, T record) throws IOException {
    int start = out.length();
    for (int i = 0; i < names.texts.length; i++) {
      field(start, names, i, columns.get(i).value().of(record));
    }
    end(start);
  }

  private void field(int start, Names names, int index, @Nullable Value value) throws IOException {
    if (value != null || !names.optional[index]) {
      out.put(out.length() == start ? '{' : ',').raw(names.texts[index]);
      write(value);
    }
  }

  private void end(int start) {
    out.ascii(out.length() == start ? "{}" : "}");
  }

  void write(@Nullable Value value) throws IOException {
    if (value == null) {
      out.ascii("null");
    } else if (value instanceof Value.Text text) {
      string(text.raw());
    } else if (value instanceof Value.Whole whole) {
      out.number(whole.number());
    } else if (value instanceof Value.Time time) {
      out.put('"');
      Rfc3339.append(time.instant(), out);
      out.put('"');
    } else if (value instanceof Value.Bytes bytes) {
      bytes(bytes.raw());
    } else if (value instanceof Value.Data data) {
      bytes(data.raw());
    } else if (value instanceof Value.Id id) {
      string(id.raw());
    } else if (value instanceof Value.Flag flag) {
      out.ascii(flag.set() ? "true" : "false");
    } else if (value instanceof Value.Count count) {
      out.unsigned(count.bits());
    } else if (value instanceof Value.Many many) {
      many(many.values());
    } else if (value instanceof Value.Pairs pairs) {
      pairs(pairs.values());
    } else {
      escaped(value);
    }
  }

  private void many(List<@Nullable Value> values) throws IOException {
    out.put('[');
    int start = out.length();
    for (Value each : values) {
      if (out.length() > start) {
        out.put(',');
      }
      write(each);
    }
    out.put(']');
  }

  private void pairs(Map<String, @Nullable Value> values) throws IOException {
    out.put('{');
    int start = out.length();
    for (Map.Entry<String, @Nullable Value> each : values.entrySet()) {
      if (out.length() > start) {
        out.put(',');
      }
      string(each.getKey());
      out.put(':');
      write(each.getValue());
    }
    out.put('}');
  }

  private void bytes(byte[] raw) throws IOException {
    if (isPlain(raw)) {
      out.put('"').raw(raw).put('"');
    } else {
      string(NameText.of(raw));
    }
  }

  private void string(String text) throws IOException {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    if (isPlain(raw) || isPlain(text)) {
      out.put('"').raw(raw).put('"');
    } else {
      escaped(new Value.Text(text));
    }
  }

  private void escaped(Value value) throws IOException {
    StringBuilder text = new StringBuilder();
    new JsonText(new BuilderWriter(text), true).write(value);
    out.raw(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isPlain(byte[] raw) {
    for (byte each : raw) {
      if (!PLAIN[each & 0xff]) {
        return false;
      }
    }
    return true;
  }

  /** For a question mark among the bytes, which may have been half a surrogate pair. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each != '?' && (each >= PLAIN.length || !PLAIN[each])) {
        return false;
      }
    }
    return true;
  }
}
