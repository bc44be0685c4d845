package drydock.overlay;

import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node as it lies in one layer.
 *
 * @param index which layer; 0 is the top one
 * @param path where it lies in the layer; a redirect above may show it elsewhere
 */
public record LayerNode(int index, Layer layer, TreePath path, Node node) {
  /** A node of that name in the same layer. */
  LayerNode child(Name name, Node child) {
    return new LayerNode(index, layer, path.child(name), child);
  }

  /** Whether that place of a layer is meant. */
  boolean isAt(int otherIndex, TreePath otherPath) {
    return index == otherIndex && path.equals(otherPath);
  }

  // Written out: what the compiler makes of a record is put together anew in each run.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LayerNode at
        && index == at.index
        && Objects.equals(layer, at.layer)
        && Objects.equals(path, at.path)
        && Objects.equals(node, at.node);
  }

  @Override
  public int hashCode() {
    return 31 * index + path.hashCode();
  }
}
