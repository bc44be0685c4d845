/**
 * A container that was frozen into a checkpoint, as a runtime that has but this one: what it
 * changed, over the layers of its image, which are looked for on its node or in a saved image.
 *
 * <pre>
 *   rootfs-diff.tar     LayerTree     what was there of its own; containerd's with whiteouts
 *   deleted.files       DeletedTree   Podman's and CRI-O's whiteouts
 *   layers of the image               the node's snapshots, or archives of a saved image
 * </pre>
 *
 * <p>What no archive of a kind has is told by {@link drydock.evidence.frozen.Losses}.
 *
 * <p>Sources: containerd 2.2 internal/cri/server/container_checkpoint_linux.go and
 * pkg/archive/tar.go; Podman 4.3 pkg/checkpoint/crutils/checkpoint_restore_utils.go, which CRI-O
 * uses, too; OCI image-spec, image-layout.md; Docker's image/spec/v1.2.md.
 */
@NullMarked
package drydock.evidence.frozen;

import org.jspecify.annotations.NullMarked;
