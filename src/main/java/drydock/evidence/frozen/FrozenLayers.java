package drydock.evidence.frozen;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.Engine;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.tar.Deletions;
import drydock.fs.tar.LayerRoot;
import drydock.fs.tar.LayerTree;
import drydock.fs.tar.TarTree;
import drydock.overlay.DeletedTree;
import drydock.overlay.Layer;
import drydock.overlay.OverlayTree;
import drydock.runtime.Container;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layers of a frozen container's root file system. */
final class FrozenLayers {
  private static final String DIFF = "rootfs-diff.tar";
  private static final String DELETED = "deleted.files";
  private static final int NAMED = 5;

  private final Checkpoint checkpoint;
  private final Container container;
  private final FindingLog log;
  private final @Nullable Base base;
  private final List<Layer> own = new ArrayList<>();
  private final OverlayTree merged;

  FrozenLayers(Checkpoint checkpoint, Container container, @Nullable Base base, FindingLog log)
      throws IOException {
    this.checkpoint = checkpoint;
    this.container = container;
    this.base = base;
    this.log = log;
    OverlayTree lower = lower();
    List<TreePath> deleted = base == null ? List.of() : deleted(lower);
    if (!deleted.isEmpty()) {
      Origin origin = checkpoint.origin().child(DELETED);
      lower = over(lower, new Layer(DELETED, new DeletedTree(deleted, lower, origin).root()));
    }
    Optional<Node> diff = checkpoint.file(DIFF);
    if (diff.isPresent()) {
      lower = withChanges(diff.get(), lower);
    } else {
      String what = DIFF + " is not there: what the container changed, if anything, is not known";
      log.add(Finding.missing(checkpoint.origin(), what));
    }
    this.merged = lower;
  }

  private OverlayTree lower() throws IOException {
    if (base == null) {
      return OverlayTree.of(List.of(), log);
    }
    return base.tree() instanceof OverlayTree overlay
        ? overlay
        : OverlayTree.of(List.of(new Layer("image", base.tree().root())), log);
  }

  private OverlayTree over(OverlayTree lower, Layer layer) {
    own.add(0, layer);
    return lower.under(layer);
  }

  private OverlayTree withChanges(Node diff, OverlayTree lower) throws IOException {
    ByteSource archive = diff.content();
    if (archive.size() == 0) {
      return lower;
    }
    Name opaque = Name.of(lower.marks().prefix() + "opaque");
    FileTree below = lower.layers().isEmpty() ? null : lower;
    try {
      TarTree tar = TarTree.open(archive, log);
      boolean wholeSeconds = new Losses(checkpoint, log).tell(tar);
      FileTree layer = new LayerTree(tar, deletions(), opaque, root(checkpoint.engine()), below);
      return over(lower, new Layer(DIFF, layer.root(), wholeSeconds));
    } catch (IOException e) {
      log.add(
          Finding.missing(
              archive.origin(), "what the container changed cannot be read: " + e.getMessage()));
      return lower;
    }
  }

  /** What an engine makes of the root directory of a layer. */
  static LayerRoot root(Engine engine) {
    return switch (engine) {
      case PODMAN, CRIO -> LayerRoot.CONTAINERS_STORAGE;
      case CONTAINERD -> LayerRoot.CONTAINERD;
      case NONE -> LayerRoot.DOCKER;
    };
  }

  /** How the engine's archives say that something was deleted. */
  private Deletions deletions() {
    return switch (checkpoint.engine()) {
      case PODMAN, CRIO -> Deletions.NONE;
      case CONTAINERD, NONE -> Deletions.EMPTY_FILES;
    };
  }

  /** What the engine lists as deleted; of what is nowhere, or leads out, it is told. */
  private List<TreePath> deleted(OverlayTree lower) throws IOException {
    Origin origin = checkpoint.origin().child(DELETED);
    List<TreePath> paths = new ArrayList<>();
    List<String> nowhere = new ArrayList<>();
    for (String listed : listed(origin)) {
      TreePath path = TreePath.of(listed);
      if (path.names().stream().anyMatch(Name::isDotOrDotDot)) {
        log.add(Finding.damage(origin, 0, "a deleted path with '..' in it, left out: " + listed));
      } else {
        paths.add(path);
        if (lower.layers().isEmpty() || find(lower, listed).isEmpty()) {
          nowhere.add(listed);
        }
      }
    }
    if (!nowhere.isEmpty()) {
      String first = String.join(", ", nowhere.subList(0, Math.min(NAMED, nowhere.size())));
      String what = nowhere.size() + " deleted paths are in no layer of the image: " + first;
      log.add(Finding.note(origin, what));
    }
    return paths;
  }

  private static Optional<Lookup.Found> find(OverlayTree lower, String path) throws IOException {
    try {
      return Optional.of(new Lookup(lower).findNoFollow(path));
    } catch (FileSystemException e) {
      return Optional.empty();
    }
  }

  /** What is no list is a finding, and no path at all. */
  private List<String> listed(Origin origin) {
    try {
      return checkpoint.deletedFiles();
    } catch (IOException e) {
      log.add(e, origin);
      return List.of();
    }
  }

  /** The root as it was. */
  OverlayTree merged() {
    return merged;
  }

  /** What it began with, if that is known. */
  Optional<FileTree> base() {
    return base == null ? Optional.empty() : Optional.of(base.tree());
  }

  /** All layers, in the numbers that they have in the merged tree. */
  List<SnapshotLink> links() {
    List<SnapshotLink> links = new ArrayList<>();
    for (Layer each : own) {
      links.add(new SnapshotLink(snapshot(each), null, null));
    }
    if (base != null) {
      links.addAll(base.links());
    }
    return List.copyOf(links);
  }

  private Snapshot snapshot(Layer layer) {
    return Snapshot.of(
        container.namespace(),
        "checkpoint",
        layer.label(),
        "checkpoint",
        true,
        List.of(container.id()),
        layer.root().origin());
  }
}
