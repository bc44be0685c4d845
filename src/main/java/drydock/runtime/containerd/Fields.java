package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.bolt.EntryVisitor;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record in a database of containerd: one bucket, its keys the fields' names. Read
 * in one go; only what is large (specs) stays where it is until it is asked for.
 */
final class Fields {
  /** Larger values are not kept: a list of ten thousand records would hold all their documents. */
  private static final int MAX_KEPT_BYTES = 512;

  /** Is shown each nested bucket by its name. */
  @FunctionalInterface
  interface Each {
    void accept(String name, Bucket nested) throws IOException;
  }

  private final Bucket bucket;
  private final Map<String, byte[]> values = new HashMap<>();
  private final Set<String> large = new HashSet<>();
  private final Map<String, Bucket> nested = new HashMap<>();

  private Fields(Bucket bucket) {
    this.bucket = bucket;
  }

  static Fields of(Bucket bucket) throws IOException {
    Fields fields = new Fields(bucket);
    bucket.forEach(fields.new Keeper());
    return fields;
  }

  private final class Keeper implements EntryVisitor {
    @Override
    public void value(byte[] key, byte[] value) {
      String name = new String(key, StandardCharsets.UTF_8);
      if (value.length <= MAX_KEPT_BYTES) {
        values.put(name, value);
      } else {
        large.add(name);
      }
    }

    @Override
    public void bucket(Bucket inner) {
      nested.put(inner.nameText(), inner);
    }
  }

  Bucket bucket() {
    return bucket;
  }

  Origin origin() {
    return bucket.origin();
  }

  Optional<byte[]> value(String key) throws IOException {
    return large.contains(key) ? bucket.get(key) : Optional.ofNullable(values.get(key));
  }

  /** A text; null when it is not there or empty: containerd stores what is not set as empty. */
  @Nullable String text(String key) throws IOException {
    return text(value(key));
  }

  /** The same of a bucket of which nothing else is wanted. */
  static @Nullable String text(Bucket bucket, String key) throws IOException {
    return text(bucket.get(key));
  }

  private static @Nullable String text(Optional<byte[]> value) {
    return value.isEmpty() || value.get().length == 0
        ? null
        : new String(value.get(), StandardCharsets.UTF_8);
  }

  @Nullable Instant time(String key) throws IOException {
    Optional<byte[]> value = value(key);
    return value.isEmpty() ? null : BinaryTime.decode(value.get(), origin().child(key));
  }

  /** A size or count. */
  @Nullable Long signed(String key) throws IOException {
    Optional<byte[]> value = value(key);
    return value.isEmpty() ? null : Varint.signed(value.get(), origin().child(key));
  }

  Optional<TypedValue> any(String key) throws IOException {
    Optional<byte[]> value = value(key);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(TypedValue.decode(value.get(), origin().child(key)));
  }

  Optional<Fields> nested(String key) throws IOException {
    Bucket inner = nested.get(key);
    return inner == null ? Optional.empty() : Optional.of(of(inner));
  }

  /** The map in the bucket of that name, empty when there is none. */
  SortedMap<String, String> map(String key) throws IOException {
    SortedMap<String, byte[]> values = values(key);
    if (values.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, String> map = new TreeMap<>();
    values.forEach((name, value) -> map.put(name, new String(value, StandardCharsets.UTF_8)));
    return Collections.unmodifiableSortedMap(map);
  }

  /** The plain keys of the bucket of that name, with their values. */
  SortedMap<String, byte[]> values(String key) throws IOException {
    Bucket inner = nested.get(key);
    if (inner == null) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, byte[]> found = new TreeMap<>();
    inner.forEach(new Values(found));
    return found;
  }

  private record Values(SortedMap<String, byte[]> into) implements EntryVisitor {
    @Override
    public void value(byte[] key, byte[] value) {
      into.put(new String(key, StandardCharsets.UTF_8), value);
    }
  }
}
