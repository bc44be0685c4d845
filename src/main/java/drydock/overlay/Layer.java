package drydock.overlay;

import drydock.fs.Node;

/**
 * One tree of an overlay.
 *
 * @param label what it is to people: the directory on the node, a layer digest ...
 * @param root the directory that is merged into the overlay's root
 * @param wholeSeconds whether what was written down of it has no parts of seconds, which its files
 *     had
 * @param owners whom its files belong to in the merged view
 */
public record Layer(String label, Node root, boolean wholeSeconds, Owners owners) {
  /** One as it lies there. */
  public Layer(String label, Node root) {
    this(label, root, false);
  }

  /** One with the owners that are stored. */
  public Layer(String label, Node root, boolean wholeSeconds) {
    this(label, root, wholeSeconds, Owners.AS_STORED);
  }
}
