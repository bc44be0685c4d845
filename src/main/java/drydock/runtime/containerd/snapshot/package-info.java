/**
 * containerd's snapshotters: one class for each way of keeping layers, and the list of them.
 *
 * <pre>
 *   layered (overlayfs and its like)      whole trees (native, btrfs)     images, devices, remote
 *   snapshots/81/fs   what differs        snapshots/81/   everything      not files on this disk:
 *   snapshots/51/fs   from below          (a copy of its parent,          named as missing
 *   snapshots/1/fs                         changed)
 * </pre>
 *
 * Sources: containerd {@code plugins/snapshots/*}; for the others their projects' documentation.
 */
@NullMarked
package drydock.runtime.containerd.snapshot;

import org.jspecify.annotations.NullMarked;
