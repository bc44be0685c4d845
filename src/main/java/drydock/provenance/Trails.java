package drydock.provenance;

import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes along paths of the node and tells what it comes by. Keeps directories. For one thread. */
final class Trails {
  private static final int KEPT = 8192;

  /** Directories below that are not kept. */
  private static final int DEEP = 64;

  /** An anchor on the way, and how many names lead to it. */
  record Hit(Anchor anchor, int depth) {}

  /** A way: what lies at its end, null for nothing, and the anchors on it, the root's first. */
  record Trail(TreePath path, @Nullable Node node, List<Hit> hits) {}

  private final Anchors anchors;
  private final FindingLog log;
  private final Map<TreePath, Trail> directories = kept();
  private final Map<TreePath, TreePath> reached = kept();

  Trails(Anchors anchors, FindingLog log) {
    this.anchors = anchors;
    this.log = log;
  }

  private static <T> Map<TreePath, T> kept() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<TreePath, T> eldest) {
        return size() > KEPT;
      }
    };
  }

  /** Follows links but for one in the last place. */
  Trail of(byte[] typed) throws IOException {
    TreePath path = TreePath.of(typed);
    TreePath parent = path.parent();
    if (parent == null || path.name().is("..")) {
      return directory(reach(path));
    }
    return below(directory(reach(parent)), path.name());
  }

  private TreePath reach(TreePath path) throws IOException {
    TreePath known = reached.get(path);
    if (known == null) {
      known = new Lookup(anchors.node()).reach(path.bytes()).path();
      reached.put(path, known);
    }
    return known;
  }

  /** Hostile paths are deep: those are gone along anew each time, and nothing here recurs. */
  private Trail directory(TreePath path) throws IOException {
    Deque<TreePath> todo = new ArrayDeque<>();
    Trail known = null;
    for (TreePath at = path; at != null && known == null; at = at.parent()) {
      known = at.depth() > DEEP ? null : directories.get(at);
      if (known == null) {
        todo.push(at);
      }
    }
    while (known == null || !todo.isEmpty()) {
      TreePath next = todo.pop();
      known =
          known == null
              ? extended(next, anchors.node().root(), List.of())
              : below(known, next.name());
      if (next.depth() <= DEEP) {
        directories.put(next, known);
      }
    }
    return known;
  }

  private Trail below(Trail directory, Name name) throws IOException {
    TreePath path = directory.path.child(name);
    Node parent = directory.node;
    Node node = null;
    if (parent != null) {
      try {
        Optional<Entry> entry = parent.meta().isDirectory() ? parent.child(name) : Optional.empty();
        node = entry.isPresent() ? entry.get().node() : null;
      } catch (CorruptDataException e) {
        log.add(e, parent.origin());
      }
    }
    return extended(path, node, directory.hits);
  }

  private Trail extended(TreePath path, @Nullable Node node, List<Hit> before) throws IOException {
    List<Anchor> here = node == null ? List.of() : anchors.at(node);
    if (here.isEmpty()) {
      return new Trail(path, node, before);
    }
    List<Hit> hits = new ArrayList<>(before);
    here.forEach(anchor -> hits.add(new Hit(anchor, path.depth())));
    return new Trail(path, node, List.copyOf(hits));
  }
}
