package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.bolt.EntryVisitor;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a record in a database of containerd: one bucket, its keys the fields' names. */
record Fields(Bucket bucket, Origin origin) {
  /** Is shown each nested bucket by its name. */
  @FunctionalInterface
  interface Each {
    void accept(String name, Bucket nested) throws IOException;
  }

  static Fields of(Bucket bucket) {
    return new Fields(bucket, bucket.origin());
  }

  /** A text; null when it is not there or empty: containerd stores what is not set as empty. */
  @Nullable String text(String key) throws IOException {
    Optional<byte[]> value = bucket.get(key);
    return value.isEmpty() || value.get().length == 0
        ? null
        : new String(value.get(), StandardCharsets.UTF_8);
  }

  @Nullable Instant time(String key) throws IOException {
    Optional<byte[]> value = bucket.get(key);
    return value.isEmpty() ? null : BinaryTime.decode(value.get(), origin.child(key));
  }

  /** A size or count. */
  @Nullable Long signed(String key) throws IOException {
    Optional<byte[]> value = bucket.get(key);
    return value.isEmpty() ? null : Varint.signed(value.get(), origin.child(key));
  }

  Optional<TypedValue> any(String key) throws IOException {
    Optional<byte[]> value = bucket.get(key);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(TypedValue.decode(value.get(), origin.child(key)));
  }

  Optional<Fields> nested(String key) throws IOException {
    return bucket.bucket(key).map(Fields::of);
  }

  /** The map in the bucket of that name, empty when there is none. */
  SortedMap<String, String> map(String key) throws IOException {
    Optional<Bucket> nested = bucket.bucket(key);
    SortedMap<String, String> map = new TreeMap<>();
    if (nested.isPresent()) {
      nested.get().forEach(new Texts(map));
    }
    return Collections.unmodifiableSortedMap(map);
  }

  /** The names in the nested bucket of that name. */
  SortedMap<String, byte[]> values(String key) throws IOException {
    Optional<Bucket> nested = bucket.bucket(key);
    SortedMap<String, byte[]> values = new TreeMap<>();
    if (nested.isPresent()) {
      nested.get().forEach(new Bytes(values));
    }
    return values;
  }

  private record Texts(SortedMap<String, String> into) implements EntryVisitor {
    @Override
    public void value(byte[] key, byte[] value) {
      into.put(new String(key, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8));
    }
  }

  private record Bytes(SortedMap<String, byte[]> into) implements EntryVisitor {
    @Override
    public void value(byte[] key, byte[] value) {
      into.put(new String(key, StandardCharsets.UTF_8), value);
    }
  }
}
