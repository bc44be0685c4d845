package drydock.verify;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import drydock.oci.ContentKind;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.ImageIndex;
import drydock.oci.ImageManifest;
import drydock.runtime.Image;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which content images are made of, and which images a content is part of. For one thread. */
final class Reachable {
  /** An index or manifest larger than this is none. */
  static final int MAX_DOCUMENT = 8 << 20;

  /** More documents than any image has; hostile ones could name each other without end. */
  private static final int MAX_DOCUMENTS = 10_000;

  private final Runtime runtime;
  private final FindingLog log;
  private final Map<Digest, Set<String>> images = new TreeMap<>();

  Reachable(Runtime runtime, FindingLog log) {
    this.runtime = runtime;
    this.log = log;
  }

  void add(Image image) throws IOException {
    Deque<Digest> todo = new ArrayDeque<>();
    if (image.digest() != null) {
      todo.add(image.digest());
    }
    for (int i = 0; !todo.isEmpty() && i < MAX_DOCUMENTS; i++) {
      Digest digest = todo.remove();
      if (images.computeIfAbsent(digest, each -> new TreeSet<>()).add(image.name())) {
        for (Descriptor named : named(digest)) {
          if (named.digest() != null) {
            todo.add(named.digest());
          }
        }
      }
    }
  }

  Set<String> imagesOf(Digest digest) {
    return images.getOrDefault(digest, Set.of());
  }

  boolean has(Digest digest) {
    return images.containsKey(digest);
  }

  /** What a document names; nothing if it is none. */
  private List<Descriptor> named(Digest digest) throws IOException {
    List<Descriptor> named = new ArrayList<>();
    try {
      ByteSource content = runtime.content(digest);
      if (content.size() > MAX_DOCUMENT || !isObject(content)) {
        return named;
      }
      byte[] raw = content.allBytes(MAX_DOCUMENT);
      switch (ContentKind.ofDocument(raw, content.origin())) {
        case INDEX -> named.addAll(ImageIndex.decode(raw, content.origin()).manifests());
        case MANIFEST -> {
          ImageManifest manifest = ImageManifest.decode(raw, content.origin());
          named.addAll(manifest.layers());
          if (manifest.config() != null) {
            named.add(manifest.config());
          }
        }
        default -> {
          // names nothing
        }
      }
    } catch (NoSuchFileException e) {
      // of another platform, or an archive that was deleted after unpacking
    } catch (IOException e) {
      log.add(e, runtime.origin());
    }
    return named;
  }

  /** Archives are no documents, and are not worth reading for that. */
  private static boolean isObject(ByteSource content) throws IOException {
    return content.size() > 0 && content.bytes(0, 1)[0] == '{';
  }
}
