package drydock.overlay;

import drydock.fs.Node;

/**
 * One tree of an overlay.
 *
 * @param label what it is to people: the directory on the node, a layer digest ...
 * @param root the directory that is merged into the overlay's root
 * @param wholeSeconds whether what was written down of it has no parts of seconds, which its files
 *     had
 */
public record Layer(String label, Node root, boolean wholeSeconds) {
  /** One as it lies there. */
  public Layer(String label, Node root) {
    this(label, root, false);
  }
}
