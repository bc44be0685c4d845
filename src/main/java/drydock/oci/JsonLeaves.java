package drydock.oci;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document as its leaves, to be compared: {@code process.user.uid} and what stands there. A
 * list of texts or numbers is one leaf; of a list of objects each has its place, {@code
 * mounts[3].source}.
 */
public final class JsonLeaves {
  private final SortedMap<String, String> leaves = new TreeMap<>();

  private JsonLeaves() {}

  /**
   * Reads a document.
   *
   * @throws CorruptDataException when it is no JSON object, or larger than documents are
   */
  public static SortedMap<String, String> of(byte[] raw, Origin origin)
      throws CorruptDataException {
    JsonLeaves all = new JsonLeaves();
    all.object("", JsonText.parse(raw, origin, new ArrayList<>()));
    return all.leaves;
  }

  private void object(String path, Map<String, @Nullable Object> object) {
    for (Map.Entry<String, @Nullable Object> each : object.entrySet()) {
      value(path.isEmpty() ? each.getKey() : path + "." + each.getKey(), each.getValue());
    }
  }

  @SuppressWarnings("unchecked") // what JsonText makes
  private void value(String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      object(path, (Map<String, @Nullable Object>) map);
    } else if (value instanceof List<?> list && list.stream().anyMatch(JsonLeaves::hasParts)) {
      for (int i = 0; i < list.size(); i++) {
        value(path + "[" + i + "]", list.get(i));
      }
    } else if (value != null) {
      leaves.put(path, text(value));
    }
  }

  private static boolean hasParts(@Nullable Object value) {
    return value instanceof Map || value instanceof List;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return String.join(" ", list.stream().map(JsonLeaves::text).toList());
    }
    return value instanceof JsonText.Number number ? number.text() : String.valueOf(value);
  }
}
