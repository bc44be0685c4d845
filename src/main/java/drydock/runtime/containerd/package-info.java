/**
 * containerd 1.x and 2.x as it left its state on a disk.
 *
 * <pre>
 *   ROOT (/var/lib/containerd ...)
 *   ├── io.containerd.metadata.v1.bolt/meta.db    who knows what: namespaces, containers, images,
 *   │                                             content, snapshots, leases, sandboxes
 *   ├── io.containerd.content.v1.content
 *   │   ├── blobs/sha256/HEX                      content, shared by all namespaces
 *   │   └── ingest/HEX/{data,ref,total,startedat,updatedat}
 *   ├── io.containerd.snapshotter.v1.NAME
 *   │   ├── metadata.db                           id, kind, parent, size, inodes
 *   │   └── snapshots/ID/fs                       files, shared by all namespaces
 *   ├── io.containerd.grpc.v1.cri
 *   │   ├── containers/ID/status                  JSON: started, finished, exit code ...
 *   │   └── sandboxes/ID/{hostname,hosts,resolv.conf}
 *   └── io.containerd.runtime.v2.task/NAMESPACE/ID   there as long as a task exists
 * </pre>
 *
 * Not read: what lies in /run (task state, mounts), which is memory and not on a disk.
 *
 * <p>Sources: containerd {@code core/metadata/buckets.go}, {@code core/snapshots/storage/bolt.go},
 * {@code plugins/content/local/store.go}, {@code internal/cri/store}, {@code
 * core/runtime/v2/bundle.go}.
 */
@NullMarked
package drydock.runtime.containerd;

import org.jspecify.annotations.NullMarked;
