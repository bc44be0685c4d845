package drydock.report;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import drydock.fs.NameText;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON. Documents of others go in as they are stored; where such bytes are no JSON they
 * become {@code {"base64": ...}}.
 */
final class JsonText {
  private final SafeJson safe;
  private final JsonWriter json;
  private final boolean oneLine;

  JsonText(Writer out, boolean oneLine) {
    this.safe = new SafeJson(out);
    this.json = new JsonWriter(safe);
    this.oneLine = oneLine;
    json.setFormattingStyle(oneLine ? FormattingStyle.COMPACT : FormattingStyle.PRETTY);
  }

  static String compact(Value value) throws IOException {
    StringBuilder text = new StringBuilder();
    new JsonText(new BuilderWriter(text), true).write(value);
    return text.toString();
  }

  void beginArray() throws IOException {
    json.beginArray();
  }

  void endArray() throws IOException {
    json.endArray();
  }

  void object(List<Column.Heading> headings, List<Cell> cells) throws IOException {
    json.beginObject();
    for (int i = 0; i < cells.size(); i++) {
      Value value = cells.get(i).value();
      if (value != null || !headings.get(i).optional()) {
        json.name(headings.get(i).name());
        write(value);
      }
    }
    json.endObject();
  }

  void write(@Nullable Value value) throws IOException {
    if (value == null) {
      json.nullValue();
    } else if (value instanceof Value.Text text) {
      json.value(text.raw());
    } else if (value instanceof Value.Id id) {
      json.value(id.raw());
    } else if (value instanceof Value.Bytes bytes) {
      json.value(bytes.recorded());
    } else if (value instanceof Value.Data data) {
      json.value(NameText.of(data.raw()));
    } else if (value instanceof Value.Whole whole) {
      json.value(whole.number());
    } else if (value instanceof Value.Count count) {
      json.value(new BigInteger(count.text()));
    } else if (value instanceof Value.Flag flag) {
      json.value(flag.set());
    } else if (value instanceof Value.Time time) {
      json.value(time.text());
    } else if (value instanceof Value.Many many) {
      json.beginArray();
      for (Value each : many.values()) {
        write(each);
      }
      json.endArray();
    } else if (value instanceof Value.Pairs pairs) {
      json.beginObject();
      for (Map.Entry<String, @Nullable Value> each : pairs.values().entrySet()) {
        json.name(each.getKey());
        write(each.getValue());
      }
      json.endObject();
    } else if (value instanceof Value.Document document) {
      document(document.json());
    }
  }

  private void document(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!NameText.isUtf8(bytes) || !isJson(text)) {
      json.beginObject();
      json.name("base64").value(Base64.getEncoder().encodeToString(bytes));
      json.endObject();
      return;
    }
    // A line break in JSON is never inside a string: in a format of lines a space says the same.
    json.jsonValue(oneLine ? text.replace('\n', ' ').replace('\r', ' ') : safe.verbatim(text));
    safe.endVerbatim();
  }

  private static boolean isJson(String text) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      reader.skipValue();
      return reader.peek() == JsonToken.END_DOCUMENT;
    } catch (MalformedJsonException | java.io.EOFException | IllegalStateException e) {
      return false;
    }
  }
}
