package drydock.timeline;

import drydock.fs.FileTree;
import drydock.fs.MountedTree;
import drydock.fs.Node;
import drydock.overlay.OverlayNode;
import org.jspecify.annotations.Nullable;

/**
 * A tree whose files a timeline tells of.
 *
 * @param prefix stands before every path in a body file
 * @param layer the one layer of a container that the tree is, 0 being the writable one; null of a
 *     merged view, and of the node
 */
public record View(FileTree tree, String prefix, Subject subject, @Nullable Integer layer) {

  /** All files of a node. */
  public static View ofNode(FileTree tree) {
    return new View(tree, "", Subject.NODE, null);
  }

  /** Which layer a file of this tree is from; null where there are none, and of what is mounted. */
  @Nullable Integer layerOf(Node node) {
    if (layer != null) {
      return layer;
    }
    boolean own = MountedTree.through(node).isEmpty();
    return own && MountedTree.behind(node) instanceof OverlayNode merged
        ? Integer.valueOf(merged.suppliedBy().index())
        : null;
  }
}
