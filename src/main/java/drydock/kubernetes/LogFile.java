package drydock.kubernetes;

import drydock.fs.Node;
import drydock.fs.TreePath;

/**
 * A file of a container's log.
 *
 * @param path free of links
 * @param attempt how often the container had been made before in its pod
 * @param current whether it is the one that is written to, not one that was put aside
 * @param size on the disk, compressed or not
 */
public record LogFile(TreePath path, Node node, int attempt, boolean current, long size) {}
