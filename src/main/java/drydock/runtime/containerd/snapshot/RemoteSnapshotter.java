package drydock.runtime.containerd.snapshot;

import drydock.fs.Node;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshotter whose image layers may never have been on the disk: they are fetched while they are
 * read, through a FUSE or EROFS mount over {@code snapshots/ID/fs}. What the container itself wrote
 * is an ordinary layer.
 *
 * <p>A finished layer is absent when its labels say that it is remote, or when its directory, the
 * mount point, is empty.
 */
final class RemoteSnapshotter extends LayeredSnapshotter {
  /** Labels that lazy pullers set on layers that they did not unpack. */
  private static final String[] REMOTE_LABELS = {
    "containerd.io/snapshot/remote", // stargz, SOCI, gcfs
    "containerd.io/snapshot/nydus-blob",
    "containerd.io/snapshot/nydus-bootstrap",
    "containerd.io/snapshot/overlaybd/blob-digest",
  };

  private final String kept;

  /** {@code kept}: how its image layers are kept, to end "its image layers are ...". */
  RemoteSnapshotter(String name, String kept, String... elsewhere) {
    super(name, elsewhere);
    this.kept = kept;
  }

  @Override
  public Optional<String> absence(SnapshotDirectory snapshot) throws IOException {
    Optional<String> notThere = notThere(snapshot);
    Node directory = snapshot.directory();
    if (notThere.isPresent() || directory == null) {
      return notThere;
    }
    boolean unpacked =
        snapshot.kind() == SnapshotKind.ACTIVE
            || !isRemote(snapshot.labels()) && !directory.list().isEmpty();
    return unpacked ? Optional.empty() : Optional.of("its image layers are " + kept);
  }

  private static boolean isRemote(Map<String, String> labels) {
    for (String label : REMOTE_LABELS) {
      if (labels.containsKey(label)) {
        return true;
      }
    }
    return false;
  }
}
