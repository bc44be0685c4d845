package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Orders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Content: what the namespaces have records of, what only lies in the store, what was being
 * fetched.
 */
final class Blobs {
  /** What documents carry this label on: it names the content that they refer to. */
  private static final String REFERENCE_LABEL = "containerd.io/gc.ref.content";

  private final MetadataDatabase database;
  private final ContentStore store;
  private final ImageContent images;
  private final ImageNames names;

  Blobs(MetadataDatabase database, ContentStore store, ImageContent images, ImageNames names) {
    this.database = database;
    this.store = store;
    this.images = images;
    this.names = names;
  }

  List<Blob> list() throws IOException {
    Map<Digest, String> mediaTypes = mediaTypesOfImages();
    List<Blob> blobs = new ArrayList<>();
    Set<Digest> recorded = new HashSet<>();
    for (String namespace : database.namespaces()) {
      database.forEach(
          database.bucket(namespace, "content", "blob"),
          (digest, bucket) -> blobs.add(blob(namespace, digest, bucket, mediaTypes)));
    }
    blobs.forEach(blob -> recorded.add(blob.digest()));
    for (Digest digest : store.digests()) {
      if (!recorded.contains(digest)) {
        blobs.add(unrecorded(digest, mediaTypes));
      }
    }
    addIngests(blobs);
    blobs.sort(Orders.CONTENT);
    return List.copyOf(blobs);
  }

  private Blob blob(String namespace, String name, Bucket bucket, Map<Digest, String> mediaTypes)
      throws IOException {
    Fields fields = Fields.of(bucket);
    Optional<Digest> digest = Digest.parse(name);
    Long size = fields.signed("size");
    SortedMap<String, String> labels = fields.map("labels");
    Optional<Long> onDisk = digest.isEmpty() ? Optional.empty() : store.size(digest.get());
    return new Blob(
        ContainerdRuntime.ENGINE,
        namespace,
        digest.orElse(null),
        size,
        digest.isEmpty() ? null : mediaType(digest.get(), labels, mediaTypes),
        fields.time("createdat"),
        fields.time("updatedat"),
        labels,
        null,
        onDisk.isPresent() && onDisk.get().equals(size),
        fields.origin().child("v1/" + namespace + "/content/blob/" + name));
  }

  private Blob unrecorded(Digest digest, Map<Digest, String> mediaTypes) throws IOException {
    return new Blob(
        ContainerdRuntime.ENGINE,
        null,
        digest,
        store.size(digest).orElse(null),
        mediaTypes.get(digest),
        null,
        null,
        Map.of(),
        null,
        true,
        store.origin(digest));
  }

  /** Of what images name; else what a document that no image names says of itself. */
  private @Nullable String mediaType(
      Digest digest, Map<String, String> labels, Map<Digest, String> mediaTypes)
      throws IOException {
    String known = mediaTypes.get(digest);
    boolean refers = labels.keySet().stream().anyMatch(key -> key.startsWith(REFERENCE_LABEL));
    if (known != null || !refers) {
      return known;
    }
    Optional<ImageDocument> document = images.document(digest);
    return document.isEmpty() ? null : document.get().mediaType();
  }

  private Map<Digest, String> mediaTypesOfImages() throws IOException {
    Map<Digest, String> mediaTypes = new HashMap<>();
    for (ImageRecord record : names.list()) {
      Digest target = record.target();
      if (target != null) {
        images
            .reachable(target, record.mediaType())
            .forEach(
                (digest, mediaType) -> {
                  if (mediaType != null) {
                    mediaTypes.putIfAbsent(digest, mediaType);
                  }
                });
      }
    }
    return mediaTypes;
  }

  private void addIngests(List<Blob> blobs) throws IOException {
    Map<String, ContentStore.Ingest> unfinished = new TreeMap<>();
    for (ContentStore.Ingest ingest : store.ingests()) {
      unfinished.put(ingest.ref() == null ? ingest.path() : ingest.ref(), ingest);
    }
    for (String namespace : database.namespaces()) {
      database.forEach(
          database.bucket(namespace, "content", "ingests"),
          (ref, bucket) -> {
            String name = Fields.of(bucket).text("ref");
            ContentStore.Ingest files = name == null ? null : unfinished.remove(name);
            blobs.add(ingest(namespace, ref, bucket, files));
          });
    }
    unfinished.forEach((ref, files) -> blobs.add(ingest(ref, files)));
  }

  private static Blob ingest(
      String namespace, String ref, Bucket bucket, ContentStore.@Nullable Ingest files)
      throws IOException {
    Fields fields = Fields.of(bucket);
    String expected = fields.text("expected");
    return new Blob(
        ContainerdRuntime.ENGINE,
        namespace,
        expected == null ? null : Digest.parse(expected).orElse(null),
        files == null ? null : files.bytes(),
        null,
        files == null ? null : files.started(),
        files == null ? null : files.updated(),
        Map.of(),
        ref,
        files != null && files.bytes() != null,
        fields.origin().child("v1/" + namespace + "/content/ingests/" + ref));
  }

  private static Blob ingest(String ref, ContentStore.Ingest files) {
    String namespace = BackendSnapshot.namespaceOf(ref);
    return new Blob(
        ContainerdRuntime.ENGINE,
        namespace,
        null,
        files.bytes(),
        null,
        files.started(),
        files.updated(),
        Map.of(),
        BackendSnapshot.keyOf(ref),
        files.bytes() != null,
        files.origin());
  }
}
