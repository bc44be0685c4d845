package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.bytes.Origin;
import drydock.runtime.containerd.snapshot.SnapshotKind;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as its snapshotter's own {@code metadata.db} has it (containerd {@code
 * core/snapshots/storage/bolt.go}, bucket {@code v1/snapshots/NAME}).
 *
 * @param name as meta.db refers to it: {@code NAMESPACE/NUMBER/KEY}
 * @param id names the directory
 * @param parent the name of the parent
 */
record BackendSnapshot(
    String name,
    @Nullable String id,
    SnapshotKind kind,
    @Nullable String parent,
    @Nullable Long size,
    @Nullable Long inodes,
    @Nullable Instant created,
    @Nullable Instant updated,
    SortedMap<String, String> labels,
    Origin bucket) {
  static BackendSnapshot decode(String name, Bucket bucket) throws IOException {
    Fields fields = Fields.of(bucket);
    Optional<byte[]> id = fields.value("id");
    Optional<byte[]> kind = fields.value("kind");
    return new BackendSnapshot(
        name,
        id.isEmpty()
            ? null
            : Long.toUnsignedString(Varint.unsigned(id.get(), fields.origin().child("id"))),
        SnapshotKind.of(kind.isEmpty() || kind.get().length == 0 ? 0 : kind.get()[0]),
        fields.text("parent"),
        fields.signed("size"),
        fields.signed("inodes"),
        fields.time("createdat"),
        fields.time("updatedat"),
        fields.map("labels"),
        fields.origin());
  }

  Origin origin() {
    return bucket.child("v1/snapshots/" + name);
  }

  /** The namespace in a name; null when it has none. */
  static @Nullable String namespaceOf(String name) {
    int slash = name.indexOf('/');
    return slash <= 0 || name.indexOf('/', slash + 1) < 0 ? null : name.substring(0, slash);
  }

  /**
   * The namespace's key in a name, which may have slashes itself; the name where it is no such
   * name.
   */
  static String keyOf(String name) {
    int first = name.indexOf('/');
    int second = first <= 0 ? -1 : name.indexOf('/', first + 1);
    return second < 0 ? name : name.substring(second + 1);
  }
}
