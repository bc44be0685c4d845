package drydock.runtime.containerd;

import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.ImageConfig;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What images are made of, from the documents in the content store. Each is read once. */
final class ImageContent {
  /** More documents than any index has; hostile ones could name each other without end. */
  private static final int MAX_DOCUMENTS = 10_000;

  private final ContentStore store;
  private final FindingLog log;
  private final Map<Digest, Optional<ImageDocument>> documents = new HashMap<>();
  private final Map<Digest, Optional<ImageConfig>> configs = new HashMap<>();

  ImageContent(ContentStore store, FindingLog log) {
    this.store = store;
    this.log = log;
  }

  /** The index or manifest of a digest; empty when it is not there, or is none. */
  synchronized Optional<ImageDocument> document(Digest digest) throws IOException {
    Optional<ImageDocument> known = documents.get(digest);
    if (known == null) {
      known = readDocument(digest);
      documents.put(digest, known);
    }
    return known;
  }

  /** The config of a digest. */
  synchronized Optional<ImageConfig> config(Digest digest) throws IOException {
    Optional<ImageConfig> known = configs.get(digest);
    if (known == null) {
      known = readConfig(digest);
      configs.put(digest, known);
    }
    return known;
  }

  /**
   * All content that hangs on an index or manifest, itself first, with the media type that the
   * document that names it says; the first one that does.
   */
  Map<Digest, @Nullable String> reachable(Digest target, @Nullable String mediaType)
      throws IOException {
    Map<Digest, @Nullable String> found = new LinkedHashMap<>();
    Deque<Digest> todo = new ArrayDeque<>();
    found.put(target, mediaType);
    todo.add(target);
    for (int read = 0; !todo.isEmpty() && read < MAX_DOCUMENTS; read++) {
      Optional<ImageDocument> document = document(todo.remove());
      if (document.isPresent()) {
        for (Descriptor manifest : document.get().manifests()) {
          Digest digest = manifest.digest();
          if (digest != null && !found.containsKey(digest)) {
            found.put(digest, manifest.mediaType());
            todo.add(digest);
          }
        }
        for (Descriptor reference : document.get().references()) {
          Digest digest = reference.digest();
          if (digest != null && !found.containsKey(digest)) {
            found.put(digest, reference.mediaType());
          }
        }
      }
    }
    return found;
  }

  /** The platforms whose manifest and config are there, in the index's order. */
  List<String> platforms(Digest target) throws IOException {
    LinkedHashSet<String> platforms = new LinkedHashSet<>();
    for (Digest manifest : manifests(target)) {
      Optional<ImageDocument> document = document(manifest);
      Digest config = document.flatMap(ImageDocument::config).map(Descriptor::digest).orElse(null);
      Optional<ImageConfig> read = config == null ? Optional.empty() : config(config);
      if (read.isPresent() && read.get().platform() != null) {
        platforms.add(read.get().platform().toString());
      }
    }
    return List.copyOf(platforms);
  }

  /** The manifests of an index that are images, in its order; the manifest itself if it is one. */
  List<Digest> manifests(Digest target) throws IOException {
    List<Digest> manifests = new ArrayList<>();
    LinkedHashSet<Digest> seen = new LinkedHashSet<>();
    Deque<Digest> todo = new ArrayDeque<>(List.of(target));
    while (!todo.isEmpty() && seen.size() < MAX_DOCUMENTS) {
      Digest digest = todo.removeFirst();
      Optional<ImageDocument> document = document(digest);
      if (document.isEmpty() || !seen.add(digest)) {
        continue;
      }
      if (document.get().manifests().isEmpty()) {
        manifests.add(digest);
      }
      for (Descriptor manifest : document.get().manifests()) {
        Digest named = manifest.digest();
        if (named != null && !manifest.isAttestation()) {
          todo.addLast(named);
        }
      }
    }
    return manifests;
  }

  private Optional<ImageDocument> readDocument(Digest digest) throws IOException {
    Optional<Node> file = store.file(digest);
    if (file.isEmpty() || file.get().meta().size() > ImageDocument.MAX_BYTES) {
      return Optional.empty();
    }
    try {
      byte[] json = store.document(digest, file.get(), ImageDocument.MAX_BYTES);
      if (json.length == 0 || json[0] != '{') {
        return Optional.empty();
      }
      return ImageDocument.decode(json, store.origin(digest));
    } catch (IOException e) {
      log.add(e, store.origin(digest));
      return Optional.empty();
    }
  }

  private Optional<ImageConfig> readConfig(Digest digest) throws IOException {
    Optional<Node> file = store.file(digest);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] json = store.document(digest, file.get(), ImageDocument.MAX_BYTES);
      return Optional.of(ImageConfig.decode(json, store.origin(digest)));
    } catch (IOException e) {
      log.add(e, store.origin(digest));
      return Optional.empty();
    }
  }
}
