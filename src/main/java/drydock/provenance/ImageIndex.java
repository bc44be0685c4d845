package drydock.provenance;

import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Lease;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One engine's images by their layers and blobs. Made when it is first asked. */
final class ImageIndex {
  /** What containerd labels a document with, to name what it refers to. */
  private static final String REFERENCE = "containerd.io/gc.ref.content";

  /** A layer unpacked, in a namespace. */
  private record Key(String namespace, String chainId) {}

  private final Runtime runtime;
  private final Map<Key, List<ImageStep>> layers = new HashMap<>();
  private final Map<Digest, List<ImageStep>> blobs = new HashMap<>();
  private final Map<Digest, Set<Digest>> references = new HashMap<>();

  private ImageIndex(Runtime runtime) {
    this.runtime = runtime;
  }

  static ImageIndex of(Runtime runtime) throws IOException {
    ImageIndex index = new ImageIndex(runtime);
    index.read();
    return index;
  }

  private void read() throws IOException {
    for (Blob blob : runtime.content()) {
      Digest digest = blob.digest();
      if (digest != null) {
        blob.labels()
            .forEach(
                (label, value) -> {
                  if (label.startsWith(REFERENCE)) {
                    Digest.parse(value)
                        .ifPresent(
                            to ->
                                references
                                    .computeIfAbsent(digest, d -> new LinkedHashSet<>())
                                    .add(to));
                  }
                });
      }
    }
    Map<List<Object>, List<ImageLayer>> histories = new HashMap<>();
    for (Image image : runtime.images()) {
      Digest digest = image.digest();
      if (digest == null) {
        continue;
      }
      List<Object> key = List.of(image.namespace(), digest);
      List<ImageLayer> history = histories.get(key);
      if (history == null) {
        history = runtime.history(image);
        histories.put(key, history);
      }
      addLayers(image, history);
      addBlobs(image, digest, history);
    }
  }

  private void addLayers(Image image, List<ImageLayer> history) {
    for (ImageLayer layer : history) {
      Digest chainId = layer.chainId();
      if (chainId != null && !layer.emptyLayer()) {
        Key key = new Key(image.namespace(), chainId.toString());
        layers.computeIfAbsent(key, k -> new ArrayList<>()).add(new ImageStep(image, layer));
      }
    }
  }

  private void addBlobs(Image image, Digest top, List<ImageLayer> history) {
    Map<Digest, ImageLayer> archives = new HashMap<>();
    for (ImageLayer layer : history) {
      Digest archive = layer.digest();
      if (archive != null) {
        archives.putIfAbsent(archive, layer);
      }
    }
    Set<Digest> seen = new HashSet<>(archives.keySet());
    archives.forEach((digest, layer) -> addBlob(digest, new ImageStep(image, layer)));
    Deque<Digest> todo = new ArrayDeque<>(List.of(top));
    while (!todo.isEmpty()) {
      Digest next = todo.remove();
      if (seen.add(next)) {
        addBlob(next, new ImageStep(image, null));
        todo.addAll(references.getOrDefault(next, Set.of()));
      }
    }
  }

  private void addBlob(Digest digest, ImageStep step) {
    blobs.computeIfAbsent(digest, d -> new ArrayList<>()).add(step);
  }

  /** The images that have a snapshot as a layer. */
  List<ImageStep> of(Snapshot snapshot) {
    String namespace = snapshot.namespace();
    return namespace == null
        ? List.of()
        : layers.getOrDefault(new Key(namespace, snapshot.key()), List.of());
  }

  /** The images that a blob is a part of. */
  List<ImageStep> of(Digest digest) {
    return blobs.getOrDefault(digest, List.of());
  }

  /** The records of a blob. */
  List<Blob> records(Digest digest) throws IOException {
    return runtime.content().stream().filter(blob -> digest.equals(blob.digest())).toList();
  }

  /** The leases that keep something, by the name that leases have for it. */
  List<Lease> leases(String resource) throws IOException {
    return runtime.leases().stream().filter(each -> each.resources().contains(resource)).toList();
  }
}
