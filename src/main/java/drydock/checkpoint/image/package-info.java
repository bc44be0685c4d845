/**
 * What is said of a checkpoint when it becomes an image that a node restores: the annotations by
 * which engines know it, for which machine it is, and when it was made.
 *
 * <pre>
 *   index      annotations: containerd looks here
 *   └ manifest annotations: CRI-O and Podman look here
 *     ├ config   architecture, time, one diff id
 *     └ layer    the checkpoint's files, as in its archive
 * </pre>
 *
 * <p>Sources: checkpointctl {@code lib/annotations.go} and {@code internal/oci_image_build.go} (its
 * change 174 for the index); CRI-O {@code server/container_restore.go}; containerd 2.2 {@code
 * internal/cri/server/container_checkpoint_linux.go}; Podman {@code libpod/define/annotations.go}
 * and {@code cmd/podman/containers/restore.go}.
 */
@NullMarked
package drydock.checkpoint.image;

import org.jspecify.annotations.NullMarked;
