package drydock.verify;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Hashes;
import drydock.oci.ContentKind;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.ImageConfig;
import drydock.oci.ImageIndex;
import drydock.oci.ImageManifest;
import drydock.runtime.Image;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an image's documents say of each other: that what they name has the size that they say, and
 * that there is a diff id for each layer. Of an index, images for other platforms are commonly not
 * there; that is no difference, and neither are archives that were deleted after unpacking.
 */
record DocumentCheck(Runtime runtime, Image image, Digest target, FindingLog log) implements Check {
  private static final int MAX_DOCUMENTS = 1000;

  @Override
  public Difference.Kind kind() {
    return Difference.Kind.IMAGE;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public String what() {
    return "image " + image.name();
  }

  @Override
  public Origin origin() {
    return image.origin();
  }

  @Override
  public List<Difference> run(Hashes.Meter meter) throws IOException {
    List<Difference> differences = new ArrayList<>();
    Set<Digest> seen = new HashSet<>();
    Deque<Digest> todo = new ArrayDeque<>(List.of(target));
    while (!todo.isEmpty() && seen.size() < MAX_DOCUMENTS) {
      Digest digest = todo.remove();
      Optional<ByteSource> content = seen.add(digest) ? content(digest) : Optional.empty();
      if (content.isPresent()) {
        document(digest, content.get(), todo, differences);
      }
    }
    if (content(target).isEmpty()) {
      differences.add(missing(target, origin()));
    }
    return differences;
  }

  private void document(
      Digest digest, ByteSource content, Deque<Digest> todo, List<Difference> differences) {
    try {
      byte[] raw = content.allBytes(Reachable.MAX_DOCUMENT);
      Origin origin = content.origin();
      switch (ContentKind.ofDocument(raw, origin)) {
        case INDEX -> {
          for (Descriptor manifest : ImageIndex.decode(raw, origin).manifests()) {
            descriptor(manifest, origin, differences);
            if (manifest.digest() != null) {
              todo.add(manifest.digest());
            }
          }
        }
        case MANIFEST -> manifest(digest, ImageManifest.decode(raw, origin), origin, differences);
        default -> {
          // a config, or what is no document of an image
        }
      }
    } catch (IOException e) {
      log.add(e, content.origin());
    }
  }

  private void manifest(
      Digest digest, ImageManifest manifest, Origin origin, List<Difference> differences)
      throws IOException {
    for (Descriptor layer : manifest.layers()) {
      descriptor(layer, origin, differences);
    }
    Descriptor named = manifest.config();
    Digest config = named == null ? null : named.digest();
    if (named == null || config == null) {
      return;
    }
    descriptor(named, origin, differences);
    Optional<ByteSource> content = content(config);
    if (content.isEmpty()) {
      differences.add(missing(config, origin));
      return;
    }
    byte[] raw = content.get().allBytes(Reachable.MAX_DOCUMENT);
    if (ContentKind.ofDocument(raw, content.get().origin()) != ContentKind.CONFIG) {
      return;
    }
    long diffIds = ImageConfig.decode(raw, content.get().origin()).diffIds().size();
    if (diffIds != manifest.layers().size()) {
      long layers = manifest.layers().size();
      differences.add(changed(digest, "layers", diffIds, layers, origin));
    }
  }

  private void descriptor(Descriptor named, Origin origin, List<Difference> differences)
      throws IOException {
    Digest digest = named.digest();
    Optional<ByteSource> content = digest == null ? Optional.empty() : content(digest);
    Long size = named.size();
    if (digest != null && content.isPresent() && size != null && size != content.get().size()) {
      differences.add(changed(digest, "size", size, content.get().size(), origin));
    }
  }

  private Optional<ByteSource> content(Digest digest) throws IOException {
    try {
      return Optional.of(runtime.content(digest));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Difference missing(Digest digest, Origin origin) {
    return difference(digest, Difference.Change.MISSING, null, Map.of(), Map.of(), origin);
  }

  private Difference changed(Digest digest, String field, long mine, long theirs, Origin origin) {
    return difference(
        digest,
        Difference.Change.CHANGED,
        field,
        Map.of(field, mine),
        Map.of(field, theirs),
        origin);
  }

  private Difference difference(
      Digest digest,
      Difference.Change change,
      @Nullable String field,
      Map<String, Object> expected,
      Map<String, Object> found,
      Origin origin) {
    return new Difference(
        Difference.Kind.IMAGE,
        digest,
        List.of(image.name()),
        null,
        null,
        change,
        field == null ? List.of() : List.of(field),
        expected,
        found,
        null,
        origin);
  }
}
