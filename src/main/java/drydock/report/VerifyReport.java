package drydock.report;

import drydock.verify.Difference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The record {@code verify}: something that is not as it was given. */
public final class VerifyReport {
  public static final Report<Difference> REPORT =
      new Report<>(
          List.of(
              Column.of("object", d -> Value.of(d.object().label())),
              Column.of("digest", d -> Value.id(d.digest())),
              Column.of("images", d -> Value.of(d.images())),
              Column.of("snapshot_path", d -> Value.of(d.snapshot())),
              Column.<Difference>of("path", VerifyReport::path),
              Column.<Difference>of("path_hex", VerifyReport::pathHex).whereKnown(),
              Column.of("change", d -> Value.of(d.change().label())),
              Column.of("fields", d -> Value.of(d.fields())),
              Column.of("expected", d -> side(d.expected())),
              Column.of("found", d -> side(d.found())),
              Column.of("note", d -> Value.of(d.note())),
              Column.of("origin", d -> Value.of(d.origin()))),
          List.of("object", "digest", "change", "fields", "path", "note"));

  private VerifyReport() {}

  private static @Nullable Value path(Difference difference) {
    return difference.path() == null ? null : new Value.Bytes(difference.path().bytes());
  }

  private static @Nullable Value pathHex(Difference difference) {
    return difference.path() == null ? null : Value.hexUnlessText(difference.path().bytes());
  }

  private static @Nullable Value side(Map<?, ?> fields) {
    if (fields.isEmpty()) {
      return null;
    }
    Map<String, @Nullable Value> values = new LinkedHashMap<>();
    fields.forEach((name, value) -> values.put(String.valueOf(name), value(value)));
    return new Value.Pairs(values);
  }

  private static @Nullable Value value(Object value) {
    if (value instanceof Long number) {
      return Value.of(number);
    }
    if (value instanceof Instant time) {
      return Value.of(time);
    }
    if (value instanceof Map<?, ?> map) {
      Value pairs = side(map);
      return pairs == null ? new Value.Pairs(Map.of()) : pairs;
    }
    return Value.of(value.toString());
  }
}
