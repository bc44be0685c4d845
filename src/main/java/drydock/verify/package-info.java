/**
 * Whether what an engine keeps is what it was given: blobs against their digests, images' documents
 * against each other, and unpacked layers against the archives that they were unpacked from.
 *
 * <pre>
 *   content store: blob -- Blobs --> its digest?
 *        | archive of a layer
 *        v
 *   TarEntries --> Unpacking (what containerd would have made) <-- LayerComparison --> snapshot
 * </pre>
 *
 * <p>What unpacking changes legitimately is simulated, not tolerated: see {@link
 * drydock.verify.Unpacking}. Sources: containerd 2.2 and 1.7 {@code pkg/archive/tar.go}, {@code
 * tar_unix.go}, {@code tar_opts_linux.go}, {@code time.go}, {@code core/diff/apply/apply_linux.go},
 * {@code plugins/snapshots/overlay}, {@code plugins/snapshots/native}; continuity {@code
 * fs/path.go} and {@code fs/copy.go}; kernel {@code security/commoncap.c} for file capabilities.
 */
@NullMarked
package drydock.verify;

import org.jspecify.annotations.NullMarked;
