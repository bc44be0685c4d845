package drydock.oci;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON text (RFC 8259) into maps, lists, strings, {@link Number}s and Booleans, within
 * limits, so that a small text cannot ask for much memory. Of a name that is there twice the last
 * one counts, as for Go's decoder, and the fault is told.
 */
final class JsonText {
  static final int MAX_BYTES = 16 << 20;
  static final int MAX_VALUES = 400_000;
  static final int MAX_DEPTH = 100;
  private static final Pattern PLACE = Pattern.compile("at line (\\d{1,9}) column (\\d{1,9})");

  private final JsonReader reader;
  private final List<String> faults;
  private int values;

  /** A number as it is written. */
  record Number(String text) {}

  private JsonText(JsonReader reader, List<String> faults) {
    this.reader = reader;
    this.faults = faults;
  }

  /** The object that a text is; {@code faults} is told of names that are there twice. */
  static Map<String, @Nullable Object> parse(byte[] raw, Origin origin, List<String> faults)
      throws CorruptDataException {
    if (raw.length > MAX_BYTES) {
      throw new CorruptDataException(
          origin,
          0,
          "a JSON document that is too large",
          raw.length + " bytes",
          "at most " + MAX_BYTES);
    }
    String text = new String(raw, StandardCharsets.UTF_8);
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      reader.setNestingLimit(MAX_DEPTH);
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new MalformedJsonException("Not a JSON object at line 1 column 1");
      }
      Map<String, @Nullable Object> object = new JsonText(reader, faults).object();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("Something follows the document");
      }
      return object;
    } catch (MalformedJsonException | EOFException e) {
      String message = JsonFault.of(e);
      throw new CorruptDataException(origin, offset(text, message), "broken JSON: " + message);
    } catch (IOException e) {
      throw new CorruptDataException(origin, 0, String.valueOf(e.getMessage()));
    }
  }

  /** Where in the bytes the line and column of a message are; 0 when it names none. */
  private static long offset(String text, String message) {
    Matcher place = PLACE.matcher(message);
    if (!place.find()) {
      return 0;
    }
    int at = 0;
    for (int line = Integer.parseInt(place.group(1)); line > 1; line--) {
      at = text.indexOf('\n', at) + 1;
    }
    int end = Math.min(text.length(), at + Integer.parseInt(place.group(2)) - 1);
    return text.substring(0, Math.max(0, end)).getBytes(StandardCharsets.UTF_8).length;
  }

  private Map<String, @Nullable Object> object() throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (object.containsKey(name) && faults.size() < Fields.MAX_FAULTS) {
        faults.add(reader.getPath() + " is there twice");
      }
      object.put(name, value());
    }
    reader.endObject();
    return object;
  }

  private List<@Nullable Object> list() throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(value());
    }
    reader.endArray();
    return list;
  }

  private @Nullable Object value() throws IOException {
    if (++values > MAX_VALUES) {
      throw new MalformedJsonException("More than " + MAX_VALUES + " values");
    }
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object();
      case BEGIN_ARRAY -> list();
      case STRING -> reader.nextString();
      case NUMBER -> new Number(reader.nextString());
      case BOOLEAN -> reader.nextBoolean();
      case NULL -> {
        reader.nextNull();
        yield null;
      }
      default -> throw new MalformedJsonException("Unexpected end");
    };
  }
}
