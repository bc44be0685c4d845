package drydock.overlay;

import drydock.fs.Node;

/**
 * One tree of an overlay.
 *
 * @param label what it is to people: the directory on the node, a layer digest ...
 * @param root the directory that is merged into the overlay's root
 */
public record Layer(String label, Node root) {}
