package drydock.overlay;

/**
 * Something in a lower layer that a node of the merged view lies over.
 *
 * @param whiteout whether it is itself a mark that the name was deleted in that layer
 */
public record Hidden(LayerNode at, boolean whiteout) {}
