package drydock.oci;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON document, asked by name. What is missing or {@code null} is null or empty
 * here; what is of the wrong kind is too, and becomes a fault of the document.
 */
public final class Fields {
  /** A hostile document has no more to say than this many faults. */
  static final int MAX_FAULTS = 100;

  private final String path;
  private final Map<?, ?> object;
  private final List<String> faults;

  private Fields(String path, Map<?, ?> object, List<String> faults) {
    this.path = path;
    this.object = object;
    this.faults = faults;
  }

  /**
   * The object that a document is.
   *
   * @throws CorruptDataException when it is no JSON object, or larger or deeper than any real one
   */
  public static Fields parse(byte[] raw, Origin origin) throws CorruptDataException {
    List<String> faults = new ArrayList<>();
    return new Fields("", JsonText.parse(raw, origin, faults), faults);
  }

  /** What was wrong with the fields that were asked for so far, in the whole document. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  public boolean has(String name) {
    return object.get(name) != null;
  }

  /** A text; null also when it is empty, which is how Go writes what is not set. */
  public @Nullable String text(String name) {
    Object value = object.get(name);
    if (value instanceof String text) {
      return text.isEmpty() ? null : text;
    }
    return wrong(value, name, "text");
  }

  /** A whole number of 64 bits; one above 2^63 comes out negative, as unsigned ones do. */
  public @Nullable Long number(String name) {
    Object value = object.get(name);
    if (value instanceof JsonText.Number number) {
      try {
        return number.text().startsWith("-")
            ? Long.valueOf(number.text())
            : Long.valueOf(Long.parseUnsignedLong(number.text()));
      } catch (NumberFormatException e) {
        return wrong(value, name, "a whole number of 64 bits");
      }
    }
    return wrong(value, name, "a number");
  }

  public @Nullable Boolean flag(String name) {
    Object value = object.get(name);
    return value instanceof Boolean flag ? flag : wrong(value, name, "true or false");
  }

  public @Nullable Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    if (!OciTime.isTime(text)) {
      return wrong(text, name, "a time of RFC 3339");
    }
    return OciTime.parse(text).orElse(null);
  }

  public @Nullable Digest digest(String name) {
    String text = text(name);
    Optional<Digest> digest = text == null ? Optional.empty() : Digest.parse(text);
    return digest.isPresent() ? digest.get() : wrong(text, name, "a digest");
  }

  public Optional<Fields> object(String name) {
    Object value = object.get(name);
    if (value instanceof Map<?, ?> map) {
      return Optional.of(new Fields(at(name) + ".", map, faults));
    }
    return Optional.ofNullable(wrong(value, name, "an object"));
  }

  public List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    List<?> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> map) {
        objects.add(new Fields(at(name) + "[" + i + "].", map, faults));
      } else {
        fault(at(name) + "[" + i + "] is not an object");
      }
    }
    return List.copyOf(objects);
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    List<?> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String text) {
        texts.add(text);
      } else {
        fault(at(name) + "[" + i + "] is not text");
      }
    }
    return List.copyOf(texts);
  }

  public List<Long> numbers(String name) {
    List<Long> numbers = new ArrayList<>();
    List<?> list = list(name);
    for (int i = 0; i < list.size(); i++) {
      String element = name + "[" + i + "]";
      Long number =
          new Fields(path, Collections.singletonMap(element, list.get(i)), faults).number(element);
      if (number != null) {
        numbers.add(number);
      }
    }
    return List.copyOf(numbers);
  }

  /** An object whose values are texts, by name. */
  public SortedMap<String, String> map(String name) {
    SortedMap<String, String> map = new TreeMap<>();
    if (object.get(name) instanceof Map<?, ?> found) {
      for (Map.Entry<?, ?> entry : found.entrySet()) {
        if (entry.getValue() instanceof String text) {
          map.put(String.valueOf(entry.getKey()), text);
        } else {
          fault(at(name) + "." + entry.getKey() + " is not text");
        }
      }
    } else {
      wrong(object.get(name), name, "an object");
    }
    return Collections.unmodifiableSortedMap(map);
  }

  /** The names of this object's own fields, sorted. */
  public List<String> names() {
    return object.keySet().stream().map(String::valueOf).sorted().toList();
  }

  /** The names of an object whose values say nothing, sorted: how Go writes a set. */
  public List<String> names(String name) {
    if (object.get(name) instanceof Map<?, ?> map) {
      return map.keySet().stream().map(String::valueOf).sorted().toList();
    }
    wrong(object.get(name), name, "an object");
    return List.of();
  }

  private List<?> list(String name) {
    Object value = object.get(name);
    if (value instanceof List<?> list) {
      return list;
    }
    wrong(value, name, "a list");
    return List.of();
  }

  private String at(String name) {
    return path + name;
  }

  /** Tells that a value, if there is one, is not of its kind. */
  private <T> @Nullable T wrong(@Nullable Object value, String name, String kind) {
    if (value != null) {
      fault(at(name) + " is not " + kind);
    }
    return null;
  }

  private void fault(String fault) {
    if (faults.size() < MAX_FAULTS && !faults.contains(fault)) {
      faults.add(fault);
    }
  }
}
