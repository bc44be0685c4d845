package drydock.fs;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * All nodes of a tree from one of them down: parent before child, names in byte order. Symlinks are
 * not followed. A directory that is its own ancestor, and a node that cannot be read, become
 * findings and the walk goes on.
 *
 * <p>Memory: the names of the directories on the way down, no more.
 */
public final class TreeWalk {
  /** Is shown each node once for each of its names. */
  @FunctionalInterface
  public interface Visitor {
    void visit(TreePath path, Node node, FileMeta meta) throws IOException;
  }

  /** Linux allows no path this deep that anyone could have made name by name. */
  private static final int MAX_DEPTH = 4096;

  private record Level(TreePath path, Object identity, Iterator<Entry> entries) {}

  private final FindingLog log;

  public TreeWalk(FindingLog log) {
    this.log = log;
  }

  /** Visits {@code start} itself and everything below it. */
  public void walk(TreePath path, Node start, Visitor visitor) throws IOException {
    Deque<Level> levels = new ArrayDeque<>();
    Set<Object> ancestors = new HashSet<>();
    visitor.visit(path, start, start.meta());
    enter(path, start, levels, ancestors);
    while (!levels.isEmpty()) {
      Level level = levels.element();
      if (!level.entries.hasNext()) {
        levels.pop();
        ancestors.remove(level.identity);
        continue;
      }
      Entry entry = level.entries.next();
      TreePath child = level.path.child(entry.name());
      Node node;
      FileMeta meta;
      try {
        node = entry.node();
        meta = node.meta();
      } catch (IOException e) {
        report(e, child, Origin.of(child.toString()));
        continue;
      }
      visitor.visit(child, node, meta);
      enter(child, node, levels, ancestors);
    }
  }

  private void enter(TreePath path, Node node, Deque<Level> levels, Set<Object> ancestors) {
    try {
      if (!node.meta().isDirectory()) {
        return;
      }
      if (levels.size() >= MAX_DEPTH || ancestors.contains(node.identity())) {
        String what = path + ": this directory lies inside itself, it is not entered again";
        log.add(new Finding(Severity.DAMAGE, what, node.origin(), null, null, null));
        return;
      }
      List<Entry> entries = node.list();
      ancestors.add(node.identity());
      levels.push(new Level(path, node.identity(), entries.iterator()));
    } catch (IOException e) {
      report(e, path, node.origin());
    }
  }

  private void report(IOException e, TreePath path, Origin origin) {
    String what = path + " cannot be read: " + e.getMessage();
    log.add(new Finding(Severity.DAMAGE, what, origin, null, null, null));
  }
}
