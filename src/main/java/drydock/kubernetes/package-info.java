/**
 * What the kubelet leaves on a node's disk of the pods that ran there.
 *
 * <pre>
 * ROOT (/var/lib/kubelet)
 * ├── pods/UID
 * │   ├── etc-hosts                             mounted at /etc/hosts
 * │   ├── containers/CONTAINER/HASH             mounted at /dev/termination-log
 * │   ├── volumes/VENDOR~PLUGIN/VOLUME          a volume; of CSI its content is in mount
 * │   │   └── vol_data.json                     of CSI: driver, handle, name of the volume
 * │   └── volume-subpaths/VOLUME/CONTAINER/N    what volumeMounts[N] of the container mounts by subPath
 * └── plugins/kubernetes.io
 *     ├── csi/DRIVER/HASH/{vol_data.json,globalmount}      where the node had the volume itself
 *     ├── csi/pv/VOLUME/{vol_data.json,globalmount}        likewise, before Kubernetes 1.24
 *     └── PLUGIN/mounts/...                                likewise, of volumes that are not CSI's
 *
 * /var/log
 * ├── pods/NAMESPACE_POD_UID/CONTAINER/N.log    what attempt N wrote: TIME STREAM P-or-F TEXT
 * │   └── N.log.TIME, N.log.TIME.gz             its earlier parts, put aside and compressed
 * └── containers/POD_NAMESPACE_CONTAINER-ID.log links to those
 * </pre>
 *
 * Secrets, projected volumes and the downward API are kept in memory (tmpfs): their directories are
 * empty on the disk. A sub path is mounted on an empty directory or file, and what it is called in
 * its volume is not written down here.
 *
 * <p>Source of knowledge: Kubernetes 1.34, pkg/kubelet/config/defaults.go,
 * pkg/kubelet/kubelet_getters.go, pkg/volume/csi/csi_util.go, pkg/volume/csi/csi_attacher.go,
 * pkg/volume/util/subpath; and the nodes in fixtures. Not read: raw block volumes (volumeDevices),
 * checkpoints of the device plugins.
 */
@NullMarked
package drydock.kubernetes;

import org.jspecify.annotations.NullMarked;
