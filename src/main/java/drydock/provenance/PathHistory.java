package drydock.provenance;

import drydock.bytes.CorruptDataException;
import drydock.fs.Name;
import drydock.fs.TreePath;
import drydock.oci.Digest;
import drydock.overlay.LayerNode;
import drydock.overlay.OverlayNode;
import drydock.overlay.OverlayTree;
import drydock.overlay.Version;
import drydock.overlay.Versions;
import drydock.runtime.Container;
import drydock.runtime.ImageLayer;
import drydock.runtime.Runtime;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which layers of a container have a path, and what they made of it. */
public final class PathHistory {
  private final OverlayTree tree;
  private final Map<String, SnapshotLink> links = new HashMap<>();
  private final Map<String, ImageLayer> steps = new HashMap<>();

  private PathHistory(OverlayTree tree) {
    this.tree = tree;
  }

  /** That of a container; empty where its snapshots are no layers. */
  public static Optional<PathHistory> of(Runtime runtime, Container container) throws IOException {
    if (!(runtime.rootFs(container) instanceof OverlayTree tree)) {
      return Optional.empty();
    }
    PathHistory history = new PathHistory(tree);
    for (SnapshotLink link : runtime.chain(container)) {
      String path = link.snapshot().path();
      if (path != null) {
        history.links.put(path, link);
      }
    }
    for (ImageLayer step : runtime.history(container)) {
      Digest chainId = step.chainId();
      if (chainId != null && !step.emptyLayer()) {
        history.steps.put(chainId.toString(), step);
      }
    }
    return Optional.of(history);
  }

  /** The versions of a path that is free of links, the newest first. */
  public List<PathVersion> of(TreePath path) throws IOException {
    List<Version> versions = new Versions(tree).of(path);
    OverlayNode shown = versions.isEmpty() ? null : versions.get(0).shown();
    List<PathVersion> told = new ArrayList<>();
    for (Version version : versions) {
      LayerNode at = version.at();
      String label = at.layer().label();
      SnapshotLink link = links.get(label);
      ImageLayer step = link == null ? null : steps.get(link.snapshot().key());
      TreePath nodePath = label.startsWith("/") ? under(TreePath.of(label), at.path()) : null;
      told.add(new PathVersion(version, state(version, shown), nodePath, link, step));
    }
    return List.copyOf(told);
  }

  private static TreePath under(TreePath directory, TreePath below) {
    TreePath path = directory;
    for (Name name : below.names()) {
      path = path.child(name);
    }
    return path;
  }

  private static PathVersion.State state(Version version, @Nullable OverlayNode shown)
      throws IOException {
    LayerNode at = version.at();
    if (version.isDeletion()) {
      return PathVersion.State.DELETION;
    }
    if (shown == null) {
      return PathVersion.State.HIDDEN;
    }
    if (isAt(shown.suppliedBy(), at)) {
      return PathVersion.State.SHOWN;
    }
    if (shown.merged().stream().anyMatch(each -> isAt(each, at))) {
      return PathVersion.State.MERGED;
    }
    return hasContent(shown, at) ? PathVersion.State.CONTENT : PathVersion.State.HIDDEN;
  }

  private static boolean hasContent(OverlayNode shown, LayerNode at) throws IOException {
    try {
      return shown.meta().isFile() && isAt(shown.contentSuppliedBy(), at);
    } catch (CorruptDataException e) {
      return false; // content that no layer has: whoever reads it is told
    }
  }

  private static boolean isAt(LayerNode one, LayerNode other) {
    return one.index() == other.index() && one.path().equals(other.path());
  }
}
