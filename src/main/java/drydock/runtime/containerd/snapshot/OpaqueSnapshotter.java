package drydock.runtime.containerd.snapshot;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * A snapshotter that keeps no files in a file system of the node: devices, volumes, disk images.
 */
final class OpaqueSnapshotter extends AbstractSnapshotter {
  private final String kept;

  /** {@code kept}: how its snapshots are kept, to end "its snapshots are ...". */
  OpaqueSnapshotter(String name, String kept) {
    super(name);
    this.kept = kept;
  }

  @Override
  public String directory(SnapshotKind kind, String id) {
    return "snapshots/" + id;
  }

  @Override
  public Optional<String> absence(SnapshotDirectory snapshot) {
    return Optional.of("its snapshots are " + kept);
  }

  @Override
  public FileTree tree(List<SnapshotDirectory> topFirst, FindingLog log)
      throws NoSuchFileException {
    for (SnapshotDirectory snapshot : topFirst) {
      reportMissing(snapshot, "its snapshots are " + kept, log);
    }
    throw new NoSuchFileException("the snapshots of " + name() + " are " + kept);
  }
}
