package drydock.evidence.frozen;

import drydock.checkpoint.ContainerFacts;
import drydock.oci.Digest;
import drydock.oci.ImageReference;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image in an archive or directory of such.
 *
 * @param names that it has there
 * @param digests of its manifest, of the indexes above that, and of its configuration
 * @param config where its configuration lies; null when nothing says so
 * @param layers where their archives lie, the base first
 */
record SavedImage(
    List<String> names, Set<Digest> digests, @Nullable String config, List<SavedLayer> layers) {

  /**
   * The archive of a layer.
   *
   * @param path in the archive or directory of the image
   */
  record SavedLayer(String path, @Nullable Digest digest) {}

  /** Whether a digest says that a container was made from it. */
  boolean is(ContainerFacts container) {
    return isOne(container.imageId()) || isOne(container.imageDigest());
  }

  private boolean isOne(@Nullable String id) {
    if (id == null) {
      return false;
    }
    String digest = id.substring(id.indexOf('@') + 1);
    String hex = digest.substring(digest.indexOf(':') + 1);
    return digests.stream().anyMatch(each -> each.hex().equals(hex));
  }

  /** Whether it has the name that a container's image was asked for by. */
  boolean isCalled(@Nullable String name) {
    return name != null
        && names.stream().anyMatch(each -> each.equals(name) || whole(each).equals(whole(name)));
  }

  private static String whole(String name) {
    return ImageReference.parse(name)
        .map(ImageReference::withDefaultTag)
        .map(ImageReference::toString)
        .orElse(name);
  }
}
