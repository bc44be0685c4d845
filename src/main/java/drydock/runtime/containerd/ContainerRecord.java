package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.bytes.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A container as meta.db has it (containerd {@code core/metadata/containers.go}). The documents are
 * read when they are asked for: a list of ten thousand keeps none of them.
 */
record ContainerRecord(
    String namespace,
    String id,
    @Nullable String image,
    @Nullable String snapshotter,
    @Nullable String snapshotKey,
    @Nullable String runtime,
    @Nullable String sandboxId,
    @Nullable Instant created,
    @Nullable Instant updated,
    SortedMap<String, String> labels,
    Bucket bucket) {
  static ContainerRecord decode(String namespace, String id, Bucket bucket) throws IOException {
    Fields fields = Fields.of(bucket);
    Optional<Fields> runtime = fields.nested("runtime");
    return new ContainerRecord(
        namespace,
        id,
        fields.text("image"),
        fields.text("snapshotter"),
        fields.text("snapshotKey"),
        runtime.isEmpty() ? null : runtime.get().text("name"),
        fields.text("sandboxid"),
        fields.time("createdat"),
        fields.time("updatedat"),
        fields.map("labels"),
        bucket);
  }

  Origin origin() {
    return bucket.origin().child("v1/" + namespace + "/containers/" + id);
  }

  /** The OCI spec: JSON in an Any. */
  Optional<TypedValue> spec() throws IOException {
    return any(bucket, "spec");
  }

  Optional<TypedValue> runtimeOptions() throws IOException {
    Optional<Bucket> runtime = bucket.bucket("runtime");
    return runtime.isEmpty() ? Optional.empty() : any(runtime.get(), "options");
  }

  /** The extension of a name. */
  Optional<TypedValue> extension(String name) throws IOException {
    Optional<Bucket> extensions = bucket.bucket("extensions");
    return extensions.isEmpty() ? Optional.empty() : any(extensions.get(), name);
  }

  private static Optional<TypedValue> any(Bucket bucket, String key) throws IOException {
    Optional<byte[]> value = bucket.get(key);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(TypedValue.decode(value.get(), bucket.origin().child(key)));
  }
}
