package drydock.drift;

import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.TreePath;

/**
 * A path as it was before or after.
 *
 * @param path where it lay; of what was moved another one than after
 * @param layer the layer that has it, 0 the container's own
 */
public record Side(TreePath path, Node node, FileMeta meta, int layer) {}
