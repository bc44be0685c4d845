package drydock.overlay;

import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The history of a path: what was seen there when the layers above were not yet there. Each layer
 * that changed that makes one {@link Version}.
 */
public final class Versions {
  /** What a layer has on the way to a path: the last thing it has, and what may hide others. */
  private record Trace(boolean touches, @Nullable LayerNode mark) {}

  private final OverlayTree tree;

  public Versions(OverlayTree tree) {
    this.tree = tree;
  }

  /**
   * The versions of a path, the newest first; none where no layer has anything of that name.
   *
   * @param path free of links
   */
  public List<Version> of(TreePath path) throws IOException {
    List<LayerNode> bottomFirst = new ArrayList<>(tree.roots());
    Collections.reverse(bottomFirst);
    List<Version> versions = new ArrayList<>();
    Optional<OverlayNode> before = Optional.empty();
    for (LayerNode root : bottomFirst) {
      Trace trace = trace(root, path);
      if (!trace.touches) {
        continue;
      }
      Optional<OverlayNode> now = find(tree.from(root.index()), path);
      if (now.isPresent()) {
        LayerNode at = now.get().suppliedBy();
        boolean same = before.isPresent() && before.get().suppliedBy().isAt(at.index(), at.path());
        if (!same) {
          versions.add(new Version(root.index(), at, form(at), now.get()));
        }
      } else if (trace.mark != null && (before.isPresent() || trace.mark.path().equals(path))) {
        versions.add(new Version(root.index(), trace.mark, form(trace.mark), null));
      }
      before = now;
    }
    Collections.reverse(versions);
    return List.copyOf(versions);
  }

  /** A layer that has nothing on the way but plain directories changes nothing. */
  private Trace trace(LayerNode root, TreePath path) throws IOException {
    Marks marks = tree.marks();
    LayerNode at = root;
    LayerNode covering = null;
    for (Name name : path.names()) {
      Optional<Entry> entry = at.node().child(name);
      if (entry.isEmpty()) {
        return new Trace(covering != null, covering);
      }
      at = at.child(name, entry.get().node());
      Node node = at.node();
      FileMeta meta = node.meta();
      if (!meta.isDirectory()) {
        return new Trace(true, at);
      }
      if (covering == null && (marks.isOpaque(node) || node.attributes().containsKey(redirect()))) {
        covering = at;
      }
    }
    return new Trace(true, covering);
  }

  private Version.Form form(LayerNode at) throws IOException {
    Marks marks = tree.marks();
    Node node = at.node();
    FileMeta meta = node.meta();
    if (marks.isWhiteout(node, meta)) {
      return Version.Form.WHITEOUT;
    }
    if (meta.isFile()) {
      return marks.isMetadataOnly(node) ? Version.Form.METACOPY : Version.Form.PLAIN;
    }
    if (!meta.isDirectory()) {
      return Version.Form.PLAIN;
    }
    if (marks.isOpaque(node)) {
      return Version.Form.OPAQUE;
    }
    boolean redirected = node.attributes().containsKey(redirect());
    return redirected ? Version.Form.REDIRECT : Version.Form.PLAIN;
  }

  private Name redirect() {
    return Name.of(tree.marks().prefix() + "redirect");
  }

  private static Optional<OverlayNode> find(OverlayTree tree, TreePath path) throws IOException {
    OverlayNode at = tree.root();
    for (Name name : path.names()) {
      Optional<Entry> entry = at.meta().isDirectory() ? at.child(name) : Optional.empty();
      if (entry.isEmpty() || !(entry.get().node() instanceof OverlayNode next)) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }
}
