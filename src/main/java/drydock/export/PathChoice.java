package drydock.export;

import drydock.fs.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which part of a tree is taken out: all, or what is chosen with everything below it and the
 * directories that lead there. Asked in the order of a walk.
 */
final class PathChoice<T> {
  /** A directory on the way down, not handed on as long as nothing below it is chosen. */
  private static final class Level<T> {
    final boolean whole;
    final T item;
    boolean taken;

    Level(boolean whole, T item) {
      this.whole = whole;
      this.item = item;
      this.taken = whole;
    }
  }

  private final Predicate<TreePath> chosen;
  private final List<Level<T>> levels = new ArrayList<>();

  PathChoice(Predicate<TreePath> chosen) {
    this.chosen = chosen;
  }

  /** What is to be taken now that this one was met: nothing, or its directories and itself. */
  List<T> met(TreePath path, T item) {
    int depth = path.depth();
    levels.subList(Math.min(depth, levels.size()), levels.size()).clear();
    boolean below = depth > 0 && levels.get(depth - 1).whole;
    boolean whole = below || chosen.test(path);
    levels.add(new Level<>(whole, item));
    if (below) {
      return List.of(item);
    }
    if (!whole) {
      return List.of();
    }
    List<T> taken = new ArrayList<>();
    for (Level<T> level : levels.subList(0, depth)) {
      if (!level.taken) {
        level.taken = true;
        taken.add(level.item);
      }
    }
    taken.add(item);
    return taken;
  }

  /** Whether a path of which nothing could be read would have been taken. */
  boolean wants(TreePath path) {
    int depth = path.depth();
    return (depth > 0 && depth <= levels.size() && levels.get(depth - 1).whole)
        || chosen.test(path);
  }
}
