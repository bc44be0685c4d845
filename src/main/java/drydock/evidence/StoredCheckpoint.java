package drydock.evidence;

import drydock.checkpoint.Checkpoint;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.runtime.Container;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that lies on a node.
 *
 * @param path of its archive or directory
 * @param deleted whether only its name is left, which was taken out of its directory
 * @param file null when nothing is left that can be read
 * @param meta of that file
 * @param checkpoint null when it cannot be read as one
 * @param container the node's own record of the container that it is of; null when there is none
 */
public record StoredCheckpoint(
    TreePath path,
    boolean deleted,
    @Nullable Node file,
    @Nullable FileMeta meta,
    @Nullable Checkpoint checkpoint,
    @Nullable Container container) {}
