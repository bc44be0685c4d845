package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.bytes.Origin;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox of the sandbox store, which containerd has since 1.7 and fills since 2.0 (containerd
 * {@code core/metadata/sandbox.go}).
 *
 * @param sandboxer {@code podsandbox} (a pause container) or {@code shim}
 */
record SandboxRecord(
    String namespace,
    String id,
    @Nullable String sandboxer,
    @Nullable String runtime,
    @Nullable Instant created,
    @Nullable Instant updated,
    SortedMap<String, String> labels,
    Fields fields) {
  static SandboxRecord decode(String namespace, String id, Bucket bucket) throws IOException {
    Fields fields = Fields.of(bucket);
    Optional<Fields> runtime = fields.nested("runtime");
    return new SandboxRecord(
        namespace,
        id,
        fields.text("sandboxer"),
        runtime.isEmpty() ? null : runtime.get().text("name"),
        fields.time("createdat"),
        fields.time("updatedat"),
        fields.map("labels"),
        fields);
  }

  Origin origin() {
    return fields.origin().child(namespace + "/sandboxes/" + id);
  }

  Optional<TypedValue> extension(String name) throws IOException {
    Optional<Fields> extensions = fields.nested("extensions");
    return extensions.isEmpty() ? Optional.empty() : extensions.get().any(name);
  }
}
