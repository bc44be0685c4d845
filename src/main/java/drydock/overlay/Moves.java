package drydock.overlay;

import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one layer takes over from the layers below it under another name: renamed directories, and
 * files of which only metadata were copied. Finding them costs a walk through the layer.
 */
final class Moves {
  /** More than any layer has; a hostile one would make every question costly. */
  private static final int MAX_MOVES = 10_000;

  /** Something at a path of the layer that is merged with what lies elsewhere below. */
  record Move(TreePath at, TreePath from) {}

  private final Marks marks;
  private final FindingLog log;
  private final List<Move> moves = new ArrayList<>();

  /** Where the layers below have the directories that lie elsewhere there. */
  private final Map<TreePath, TreePath> below = new HashMap<>();

  private Moves(Marks marks, FindingLog log) {
    this.marks = marks;
    this.log = log;
  }

  /** Those of a layer. */
  static List<Move> of(LayerNode root, Marks marks, FindingLog log) throws IOException {
    if (!marks.followsRedirects()) {
      return List.of();
    }
    Moves found = new Moves(marks, log);
    new TreeWalk(log).walk(TreePath.ROOT, root.node(), found::look);
    return List.copyOf(found.moves);
  }

  private void look(TreePath path, Node node, FileMeta meta) {
    TreePath parent = path.parent();
    if (parent == null || !(meta.isDirectory() || meta.isFile())) {
      return;
    }
    TreePath directory = below.getOrDefault(parent, parent);
    TreePath from = directory.child(path.name());
    Optional<Marks.Redirect> redirect = redirect(node, meta);
    if (redirect.isPresent()) {
      from = redirect.get().under(redirect.get().absolute() ? TreePath.ROOT : directory);
      if (moves.size() < MAX_MOVES) {
        moves.add(new Move(path, from));
      }
    }
    if (meta.isDirectory() && !from.equals(path)) {
      below.put(path, from);
    }
  }

  private Optional<Marks.Redirect> redirect(Node node, FileMeta meta) {
    try {
      return meta.isDirectory() || marks.isMetadataOnly(node)
          ? marks.redirect(node)
          : Optional.empty();
    } catch (IOException e) {
      log.add(e, node.origin());
      return Optional.empty();
    }
  }
}
