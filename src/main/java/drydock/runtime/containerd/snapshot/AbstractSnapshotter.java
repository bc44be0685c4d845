package drydock.runtime.containerd.snapshot;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What all snapshotters share: a name, roots, and saying that a layer is not there. */
abstract class AbstractSnapshotter implements Snapshotter {
  private final String name;
  private final List<String> elsewhere;

  /** {@code elsewhere}: roots outside the engine's, absolute. */
  AbstractSnapshotter(String name, String... elsewhere) {
    this.name = name;
    this.elsewhere = List.of(elsewhere);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public List<String> roots(String engineRoot) {
    String own = engineRoot + "/io.containerd.snapshotter.v1." + name;
    List<String> roots = new ArrayList<>();
    roots.add(own);
    roots.add(own + "/snapshotter");
    roots.addAll(elsewhere);
    return List.copyOf(roots);
  }

  @Override
  public boolean neverMounted(SnapshotDirectory snapshot) throws IOException {
    return false;
  }

  /** Why nothing is at a snapshot's path; empty when something is. */
  static Optional<String> notThere(SnapshotDirectory snapshot) {
    if (snapshot.path() == null) {
      return Optional.of("no database tells its directory");
    }
    return snapshot.directory() == null
        ? Optional.of("there is no directory " + snapshot.path())
        : Optional.empty();
  }

  final void reportMissing(SnapshotDirectory snapshot, String why, FindingLog log) {
    String place = snapshot.path() == null ? "snapshot " + snapshot.name() : snapshot.path();
    Node parent = snapshot.parent();
    Origin origin = parent == null ? Origin.of(place) : parent.origin().child(place);
    String what = "layer " + snapshot.name() + " (" + name + ") is missing: " + why;
    log.add(Finding.missing(origin, what));
  }
}
