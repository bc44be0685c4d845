package drydock.runtime.containerd;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.oci.JsonFault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Some fields out of a JSON document that may be large, without building the rest of it. A field
 * that is missing, or that is not of the kind asked for, is null or empty.
 */
final class JsonFields {
  /** Far more than any spec or manifest that a runtime accepts. */
  private static final int MAX_BYTES = 32 << 20;

  private final Map<String, JsonElement> found = new HashMap<>();

  private JsonFields() {}

  /**
   * The fields at paths such as {@code process.args}; names with dots in them cannot be asked for.
   */
  static JsonFields pick(byte[] json, Origin origin, String... paths) throws CorruptDataException {
    if (json.length > MAX_BYTES) {
      throw new CorruptDataException(
          origin, 0, "a document too large", json.length + " bytes", "at most " + MAX_BYTES);
    }
    JsonFields fields = new JsonFields();
    Optional<Map<String, String>> scanned = JsonScan.values(json, List.of(paths));
    if (scanned.isPresent()) {
      for (Map.Entry<String, String> each : scanned.get().entrySet()) {
        fields.found.put(each.getKey(), JsonParser.parseString(each.getValue()));
      }
      return fields;
    }
    String text = new String(json, StandardCharsets.UTF_8);
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      if (reader.peek() != JsonToken.BEGIN_OBJECT) {
        throw new CorruptDataException(
            origin, 0, "not a JSON object", reader.peek().toString(), "{");
      }
      fields.object(reader, "", List.of(paths));
    } catch (CorruptDataException e) {
      throw e;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new CorruptDataException(origin, 0, "not JSON: " + JsonFault.of(e));
    }
    return fields;
  }

  private void object(JsonReader reader, String prefix, List<String> paths) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String path = prefix + reader.nextName();
      if (paths.contains(path)) {
        found.put(path, JsonParser.parseReader(reader));
      } else if (reader.peek() == JsonToken.BEGIN_OBJECT && leadsOn(path, paths)) {
        object(reader, path + ".", paths);
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
  }

  private static boolean leadsOn(String path, List<String> paths) {
    for (String wanted : paths) {
      if (wanted.length() > path.length()
          && wanted.charAt(path.length()) == '.'
          && wanted.startsWith(path)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the field is there, and not null. */
  boolean has(String path) {
    JsonElement element = found.get(path);
    return element != null && !element.isJsonNull();
  }

  /** A text; null also when it is empty, as Go leaves out or writes what is not known. */
  @Nullable String text(String path) {
    String text = string(found.get(path));
    return text == null || text.isEmpty() ? null : text;
  }

  @Nullable Long integer(String path) {
    return integer(found.get(path));
  }

  List<String> texts(String path) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : array(path)) {
      String text = string(element);
      if (text != null) {
        texts.add(text);
      }
    }
    return List.copyOf(texts);
  }

  SortedMap<String, String> map(String path) {
    SortedMap<String, String> map = new TreeMap<>();
    if (found.get(path) instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        String text = string(entry.getValue());
        if (text != null) {
          map.put(entry.getKey(), text);
        }
      }
    }
    return Collections.unmodifiableSortedMap(map);
  }

  /** The objects of an array, or the one object that stands there. */
  List<JsonObject> objects(String path) {
    if (found.get(path) instanceof JsonObject single) {
      return List.of(single);
    }
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement element : array(path)) {
      if (element instanceof JsonObject object) {
        objects.add(object);
      }
    }
    return objects;
  }

  private JsonArray array(String path) {
    return found.get(path) instanceof JsonArray array ? array : new JsonArray();
  }

  /** An element's text; null when it is none. */
  static @Nullable String string(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : null;
  }

  /** An element's integer; null when it is none that fits in 64 bits. */
  static @Nullable Long integer(@Nullable JsonElement element) {
    if (!(element instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
      return null;
    }
    try {
      return Long.valueOf(primitive.getAsString());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
