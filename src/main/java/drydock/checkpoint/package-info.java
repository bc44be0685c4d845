/**
 * Checkpoints of containers as engines write them: found in archives and directories, with what the
 * engine says of the container. What CRIU wrote of the processes is decoded in {@code criu}.
 *
 * <pre>
 *   archive or directory
 *   ├── checkpoint/        the images of CRIU: *.img, descriptors.json, perhaps parent -&gt; ...
 *   ├── config.dump        the engine's container (Podman: all of it; CRI: ten keys)
 *   ├── spec.dump          the runtime spec
 *   ├── status.dump        CRI: its status
 *   ├── network.status     Podman: addresses by network
 *   ├── rootfs-diff.tar    what changed in the root; packed or not, whatever its name
 *   ├── deleted.files      Podman, CRI-O: what was deleted, a JSON list
 *   ├── devshm-checkpoint.tar, volumes/*.tar, artifacts/
 *   └── stats-dump, dump.log, ctr.log or container.log, bind.mounts
 * </pre>
 *
 * <p>A dump without an engine is a directory of images alone, {@code inventory.img} at its top.
 *
 * <p>Sources: checkpointctl {@code lib/metadata.go}; Podman {@code
 * libpod/container_internal_linux.go}; CRI-O {@code internal/lib/checkpoint.go}; containerd {@code
 * internal/cri/server/container_checkpoint_linux.go}.
 */
@NullMarked
package drydock.checkpoint;

import org.jspecify.annotations.NullMarked;
