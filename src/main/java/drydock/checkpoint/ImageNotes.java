package drydock.checkpoint;

import drydock.oci.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of an image say of the checkpoint in it.
 *
 * @param base the manifest of the image that the container was made of; null when they do not say
 */
record ImageNotes(Map<String, String> annotations, @Nullable Digest base) {
  static final ImageNotes NONE = new ImageNotes(Map.of(), null);

  ImageNotes {
    annotations = Map.copyOf(annotations);
  }

  /** An annotation; null when there is none. */
  @Nullable String annotation(String name) {
    return annotations.get(name);
  }
}
