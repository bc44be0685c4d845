package drydock.fs;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All nodes of a tree from one of them down: parent before child, names in byte order. Symlinks are
 * not followed. A directory that is its own ancestor, and a node that cannot be read, become
 * findings and the walk goes on.
 *
 * <p>A second name for a directory of a file system in which it can have only one is shown, told
 * and not entered, but where the file system is mounted twice. Elsewhere a directory that many
 * names lead to is entered for the first {@value #MAX_ENTERED} of them only: many are a hostile
 * tree whose paths would double with every level. Memory: the names in the directories on the way
 * down, and one number for each directory seen.
 */
public final class TreeWalk {
  /** Is shown each node once for each of its names. */
  @FunctionalInterface
  public interface Visitor {
    void visit(TreePath path, Node node, FileMeta meta) throws IOException;

    /**
     * Is told of a name of which the node cannot be read, or of a directory that was visited and
     * cannot be listed; the finding is in the log already.
     */
    default void unreadable(TreePath path, IOException why) throws IOException {}
  }

  /** No path that a system call takes is longer than 4096 bytes (kernel limits.h, PATH_MAX). */
  private static final int MAX_DEPTH = 4096;

  private static final int MAX_ENTERED = 8;

  private record Level(TreePath path, Object place, Origin origin, Iterator<Entry> entries) {}

  /** One walk: where it is, and what it has been in. */
  private static final class State {
    final int maxDepth;
    final Deque<Level> levels = new ArrayDeque<>();
    final Set<Object> ancestors = new HashSet<>();
    final Map<Object, Integer> entered = new HashMap<>();
    final Set<Object> places = new HashSet<>();

    State(int maxDepth) {
      this.maxDepth = maxDepth;
    }
  }

  private final FindingLog log;

  public TreeWalk(FindingLog log) {
    this.log = log;
  }

  /** Visits {@code start} itself and everything below it. */
  public void walk(TreePath path, Node start, Visitor visitor) throws IOException {
    walk(path, start, Integer.MAX_VALUE, visitor);
  }

  /**
   * The same, but no deeper than {@code maxDepth} names below {@code start}; 0 is {@code start}
   * alone.
   */
  public void walk(TreePath path, Node start, int maxDepth, Visitor visitor) throws IOException {
    if (maxDepth < MAX_DEPTH) {
      descend(path, start, maxDepth, visitor);
      return;
    }
    try (Closeable ahead = start.walking()) {
      descend(path, start, maxDepth, visitor);
    }
  }

  private void descend(TreePath path, Node start, int maxDepth, Visitor visitor)
      throws IOException {
    State state = new State(maxDepth);
    FileMeta startMeta = start.meta();
    visitor.visit(path, start, startMeta);
    enter(path, start, startMeta, state, visitor);
    while (!state.levels.isEmpty()) {
      Level level = state.levels.element();
      if (!level.entries.hasNext()) {
        state.levels.pop();
        state.ancestors.remove(level.place);
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
        report(e, child, level.origin);
        visitor.unreadable(child, e);
        continue;
      }
      visitor.visit(child, node, meta);
      enter(child, node, meta, state, visitor);
    }
  }

  private void enter(TreePath path, Node node, FileMeta meta, State state, Visitor visitor)
      throws IOException {
    if (!meta.isDirectory() || state.levels.size() >= state.maxDepth) {
      return;
    }
    try {
      Object identity = node.identity();
      Optional<Object> within = node.onceWithin();
      Object place = within.isPresent() ? new Identity(within.get(), identity) : identity;
      if (state.levels.size() >= MAX_DEPTH) {
        refuse(path, "this directory lies too deep, it is not entered", node.origin());
      } else if (state.ancestors.contains(place)) {
        refuse(path, "this directory lies inside itself, it is not entered again", node.origin());
      } else if (within.isPresent() && !state.places.add(place)) {
        refuse(path, "another name leads to this directory too, it is entered once", node.origin());
      } else if (within.isEmpty() && state.entered.merge(identity, 1, Integer::sum) > MAX_ENTERED) {
        refuse(
            path, "too many names lead to this directory, it is not entered again", node.origin());
      } else {
        Level level = new Level(path, place, node.origin(), node.list().iterator());
        state.ancestors.add(place);
        state.levels.push(level);
      }
    } catch (IOException e) {
      report(e, path, node.origin());
      visitor.unreadable(path, e);
    }
  }

  private void refuse(TreePath path, String why, Origin origin) {
    log.add(new Finding(Severity.DAMAGE, path + ": " + why, origin, null, null, null));
  }

  private void report(IOException e, TreePath path, Origin origin) {
    if (e instanceof CorruptDataException corrupt) {
      log.add(
          new Finding(
              Severity.DAMAGE,
              path + " cannot be read: " + corrupt.what(),
              corrupt.origin(),
              corrupt.offset(),
              corrupt.found(),
              corrupt.expected()));
      return;
    }
    String what = path + " cannot be read: " + e.getMessage();
    log.add(new Finding(Severity.DAMAGE, what, origin, null, null, null));
  }
}
