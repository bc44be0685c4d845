package drydock.overlay;

import drydock.fs.Node;

/**
 * A node as it lies in one layer.
 *
 * @param index which layer; 0 is the top one
 */
public record LayerNode(int index, Layer layer, Node node) {
  /** Another node of the same layer. */
  LayerNode with(Node other) {
    return new LayerNode(index, layer, other);
  }
}
