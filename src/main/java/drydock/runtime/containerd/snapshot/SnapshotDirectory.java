package drydock.runtime.containerd.snapshot;

import drydock.fs.Node;
import drydock.overlay.Owners;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as a {@link Snapshotter} needs to know it.
 *
 * @param name for people: the snapshot's key
 * @param path its directory on the node; null when its id is not known
 * @param directory what is at that path, links followed; null when nothing is, or no directory
 * @param parent the directory that holds it and what belongs to it
 * @param owners whom its files belong to where it is mounted
 */
public record SnapshotDirectory(
    String name,
    SnapshotKind kind,
    Map<String, String> labels,
    @Nullable String path,
    @Nullable Node directory,
    @Nullable Node parent,
    Owners owners) {
  /** One whose files belong to whom they are stored with. */
  public SnapshotDirectory(
      String name,
      SnapshotKind kind,
      Map<String, String> labels,
      @Nullable String path,
      @Nullable Node directory,
      @Nullable Node parent) {
    this(name, kind, labels, path, directory, parent, Owners.AS_STORED);
  }

  /** The same, mounted so that its files belong to others. */
  public SnapshotDirectory ownedBy(Owners others) {
    return new SnapshotDirectory(name, kind, labels, path, directory, parent, others);
  }
}
