package drydock.runtime.containerd.snapshot;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.overlay.Layer;
import drydock.overlay.OverlayTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A directory a layer, merged by overlayfs: {@code snapshots/81/fs}. */
class LayeredSnapshotter extends AbstractSnapshotter {
  LayeredSnapshotter(String name, String... elsewhere) {
    super(name, elsewhere);
  }

  @Override
  public String directory(SnapshotKind kind, String id) {
    return "snapshots/" + id + "/fs";
  }

  @Override
  public Optional<String> absence(SnapshotDirectory snapshot) throws IOException {
    return notThere(snapshot);
  }

  @Override
  public final FileTree tree(List<SnapshotDirectory> topFirst, FindingLog log) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (SnapshotDirectory snapshot : topFirst) {
      Optional<String> absence = absence(snapshot);
      Node directory = snapshot.directory();
      if (absence.isPresent()) {
        reportMissing(snapshot, absence.get(), log);
      } else if (directory != null) {
        String label = snapshot.path() == null ? snapshot.name() : snapshot.path();
        layers.add(new Layer(label, directory, false, snapshot.owners()));
      }
    }
    if (layers.isEmpty()) {
      throw new NoSuchFileException(
          "none of the " + topFirst.size() + " layers (" + name() + ") is on this disk");
    }
    return OverlayTree.of(layers, log);
  }

  /**
   * The kernel makes a directory {@code work} inside the work directory when it mounts an overlay
   * for writing (fs/overlayfs/super.c, ovl_workdir_create) and leaves it there.
   */
  @Override
  public final boolean neverMounted(SnapshotDirectory snapshot) throws IOException {
    Node parent = snapshot.parent();
    if (parent == null || snapshot.kind() != SnapshotKind.ACTIVE) {
      return false;
    }
    var work = parent.child(Name.of("work"));
    return work.isPresent() && work.get().node().child(Name.of("work")).isEmpty();
  }
}
