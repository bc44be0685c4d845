package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.bytes.Origin;
import drydock.oci.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A name for an image and what it points at (containerd {@code core/metadata/images.go}). */
record ImageRecord(
    String namespace,
    String name,
    @Nullable Digest target,
    @Nullable String mediaType,
    @Nullable Instant created,
    @Nullable Instant updated,
    SortedMap<String, String> labels,
    Origin origin) {
  static ImageRecord decode(String namespace, String name, Bucket bucket) throws IOException {
    Fields fields = Fields.of(bucket);
    Optional<Fields> target = fields.nested("target");
    String digest = target.isEmpty() ? null : target.get().text("digest");
    return new ImageRecord(
        namespace,
        name,
        digest == null ? null : Digest.parse(digest).orElse(null),
        target.isEmpty() ? null : target.get().text("mediatype"),
        fields.time("createdat"),
        fields.time("updatedat"),
        fields.map("labels"),
        fields.origin().child("v1/" + namespace + "/images/" + name));
  }
}
