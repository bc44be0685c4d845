package drydock.runtime.containerd.snapshot;

import drydock.finding.FindingLog;
import drydock.fs.DirectoryTree;
import drydock.fs.FileTree;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Every snapshot is a whole tree: native copies its parent's, btrfs clones it as a subvolume. */
final class WholeTreeSnapshotter extends AbstractSnapshotter {
  private final boolean directoryByKind;

  /** {@code directoryByKind}: {@code active/ID} and {@code view/ID} beside {@code snapshots/ID}. */
  WholeTreeSnapshotter(String name, boolean directoryByKind) {
    super(name);
    this.directoryByKind = directoryByKind;
  }

  @Override
  public String directory(SnapshotKind kind, String id) {
    boolean own = kind == SnapshotKind.ACTIVE || kind == SnapshotKind.VIEW;
    return (directoryByKind && own ? kind.label() : "snapshots") + "/" + id;
  }

  @Override
  public Optional<String> absence(SnapshotDirectory snapshot) {
    return notThere(snapshot);
  }

  @Override
  public FileTree tree(List<SnapshotDirectory> topFirst, FindingLog log) throws IOException {
    if (topFirst.isEmpty()) {
      throw new NoSuchFileException("no snapshot (" + name() + ") is known");
    }
    SnapshotDirectory top = topFirst.get(0);
    Node directory = top.directory();
    Optional<String> absence = absence(top);
    if (absence.isPresent() || directory == null) {
      reportMissing(top, absence.orElse("it is not there"), log);
      throw new NoSuchFileException(
          "the snapshot " + top.name() + " (" + name() + ") is not on this disk");
    }
    return new DirectoryTree(directory);
  }
}
