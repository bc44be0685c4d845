package drydock.provenance;

import drydock.fs.TreePath;
import drydock.overlay.Version;
import drydock.runtime.ImageLayer;
import drydock.runtime.SnapshotLink;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of a container made of a path, with what is known of that layer. Null is unknown.
 *
 * @param nodePath where it lies on the node
 * @param link the snapshot that the layer is
 * @param step that made it, of the container's image; null of the container's own
 */
public record PathVersion(
    Version version,
    State state,
    @Nullable TreePath nodePath,
    @Nullable SnapshotLink link,
    @Nullable ImageLayer step) {
  /** What has become of it. */
  public enum State {
    /** It is what is seen. */
    SHOWN,
    /** A directory whose names are seen, too. */
    MERGED,
    /** A file whose content is seen, under newer metadata. */
    CONTENT,
    HIDDEN,
    /** It says that the path is deleted. */
    DELETION;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
