package drydock.overlay;

import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a layer's file in the merged view: where it is shown, or what hides it. Keeps
 * what it found, for many questions on one overlay. For one thread.
 */
public final class Whereabouts {
  private static final int MAX_CANDIDATES = 64;
  private static final int KEPT_DIRECTORIES = 4096;

  /** How the merged view has it. */
  public enum Part {
    /** It is what is seen. */
    SHOWN,
    /** A directory whose names are seen, while its metadata are another layer's. */
    MERGED,
    /** A file whose content is seen, under metadata of another layer. */
    CONTENT,
    /** It is a mark that a name is deleted. */
    WHITEOUT,
    /** Something of a layer above lies over it. */
    HIDDEN
  }

  /**
   * An answer.
   *
   * @param path where it is, or would be if nothing hid it
   * @param hiddenBy what hides it; null when nothing does, or nobody can tell
   * @param how in words, of what hides it
   */
  public record Answer(
      Part part, TreePath path, @Nullable LayerNode hiddenBy, @Nullable String how) {}

  private final OverlayTree tree;
  private final Map<Integer, Map<TreePath, List<TreePath>>> moves = new HashMap<>();
  private final Map<TreePath, Optional<OverlayNode>> directories =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TreePath, Optional<OverlayNode>> eldest) {
          return size() > KEPT_DIRECTORIES;
        }
      };

  public Whereabouts(OverlayTree tree) {
    this.tree = tree;
  }

  /**
   * Of what lies at a path of a layer, whether or not there is something.
   *
   * @param layer its number in {@link OverlayTree#layers()}
   */
  public Answer of(int layer, TreePath inside) throws IOException {
    Answer plain = at(inside, layer, inside);
    if (plain != null) {
      return plain;
    }
    if (isWhiteout(layer, inside)) {
      return new Answer(Part.WHITEOUT, inside, null, null);
    }
    for (TreePath candidate : candidates(layer, inside)) {
      Answer moved = at(candidate, layer, inside);
      if (moved != null) {
        return moved;
      }
    }
    return hidden(layer, inside);
  }

  private @Nullable Answer at(TreePath path, int layer, TreePath inside) throws IOException {
    OverlayNode node = find(path).orElse(null);
    if (node == null) {
      return null;
    }
    if (node.suppliedBy().isAt(layer, inside)) {
      return new Answer(Part.SHOWN, path, null, null);
    }
    if (takesPart(node, layer, inside)) {
      return new Answer(Part.MERGED, path, null, null);
    }
    boolean content =
        node.suppliedBy().index() < layer
            && node.meta().isFile()
            && node.contentSuppliedBy().isAt(layer, inside);
    return content ? new Answer(Part.CONTENT, path, null, null) : null;
  }

  private static boolean takesPart(OverlayNode node, int layer, TreePath inside) {
    return node.merged().stream().anyMatch(each -> each.isAt(layer, inside));
  }

  private Optional<OverlayNode> find(TreePath path) throws IOException {
    TreePath parent = path.parent();
    if (parent == null) {
      return Optional.of(tree.root());
    }
    Optional<OverlayNode> directory = directories.get(parent);
    if (directory == null) {
      directory = walk(parent);
      directories.put(parent, directory);
    }
    return directory.isEmpty() ? Optional.empty() : child(directory.get(), path.name());
  }

  private Optional<OverlayNode> walk(TreePath path) throws IOException {
    OverlayNode at = tree.root();
    for (Name name : path.names()) {
      Optional<OverlayNode> next = child(at, name);
      if (next.isEmpty()) {
        return next;
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private static Optional<OverlayNode> child(OverlayNode directory, Name name) throws IOException {
    Optional<Entry> entry =
        directory.meta().isDirectory() ? directory.child(name) : Optional.empty();
    return entry.isPresent() && entry.get().node() instanceof OverlayNode node
        ? Optional.of(node)
        : Optional.empty();
  }

  /** Where the layers above may have moved it. */
  private Set<TreePath> candidates(int layer, TreePath inside) throws IOException {
    Set<TreePath> candidates = new LinkedHashSet<>(List.of(inside));
    for (int above = layer - 1; above >= 0; above--) {
      Map<TreePath, List<TreePath>> moved = moves(above);
      for (TreePath each : moved.isEmpty() ? List.<TreePath>of() : List.copyOf(candidates)) {
        for (TreePath from = each; from != null; from = from.parent()) {
          for (TreePath to : moved.getOrDefault(from, List.of())) {
            if (candidates.size() < MAX_CANDIDATES) {
              candidates.add(under(to, each, from.depth()));
            }
          }
        }
      }
    }
    return candidates;
  }

  /** Where a layer has what lies elsewhere in the layers below, by where that is. */
  private Map<TreePath, List<TreePath>> moves(int layer) throws IOException {
    Map<TreePath, List<TreePath>> known = moves.get(layer);
    if (known == null) {
      known = new HashMap<>();
      for (LayerNode root : tree.roots()) {
        if (root.index() == layer) {
          for (Moves.Move move : Moves.of(root, tree.marks(), tree.log())) {
            known.computeIfAbsent(move.from(), from -> new ArrayList<>()).add(move.at());
          }
        }
      }
      moves.put(layer, known);
    }
    return known;
  }

  private static TreePath under(TreePath directory, TreePath path, int from) {
    TreePath moved = directory;
    for (Name name : path.names().subList(from, path.depth())) {
      moved = moved.child(name);
    }
    return moved;
  }

  private boolean isWhiteout(int layer, TreePath inside) throws IOException {
    for (LayerNode root : tree.roots()) {
      if (root.index() == layer) {
        Node at = root.node();
        for (Name name : inside.names()) {
          Optional<Entry> entry = at.meta().isDirectory() ? at.child(name) : Optional.empty();
          if (entry.isEmpty()) {
            return false;
          }
          at = entry.get().node();
        }
        return tree.marks().isWhiteout(at, at.meta());
      }
    }
    return false;
  }

  /** Goes down as long as the layer takes part; what hides it lies where it no longer does. */
  private Answer hidden(int layer, TreePath inside) throws IOException {
    OverlayNode at = tree.root();
    TreePath path = TreePath.ROOT;
    for (Name name : inside.names()) {
      path = path.child(name);
      Optional<OverlayNode> next = child(at, name);
      if (next.isEmpty() || !takesPart(next.get(), layer, path)) {
        return over(at, path, layer, inside);
      }
      at = next.get();
    }
    return new Answer(Part.HIDDEN, inside, null, null);
  }

  private Answer over(OverlayNode parent, TreePath path, int layer, TreePath inside)
      throws IOException {
    for (LayerNode directory : parent.merged()) {
      if (directory.index() >= layer || !directory.node().meta().isDirectory()) {
        continue;
      }
      Optional<Entry> entry = directory.node().child(path.name());
      if (entry.isPresent()) {
        LayerNode mark = directory.child(path.name(), entry.get().node());
        String how = how(mark, path.equals(inside));
        if (how != null) {
          return new Answer(Part.HIDDEN, inside, mark, how);
        }
      }
    }
    return new Answer(Part.HIDDEN, inside, null, null);
  }

  /** How something hides what lies below it; null when it does not. */
  private @Nullable String how(LayerNode mark, boolean itself) throws IOException {
    Node node = mark.node();
    FileMeta meta = node.meta();
    Marks marks = tree.marks();
    if (marks.isWhiteout(node, meta)) {
      return "deleted";
    }
    if (!meta.isDirectory()) {
      return itself ? "replaced" : "its directory is replaced";
    }
    if (marks.isOpaque(node)) {
      return "its directory is made anew";
    }
    return marks.redirect(node).isPresent() ? "another directory is moved to its place" : null;
  }
}
