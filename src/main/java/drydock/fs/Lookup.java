package drydock.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node of a path: the one place where symlinks and {@code ..} are resolved.
 *
 * <p>Symlinks are followed at most {@value #MAX_LINKS} deep, as Linux does (kernel {@code
 * include/linux/namei.h}, MAXSYMLINKS); absolute targets stay inside the tree, and {@code ..} stops
 * at its root.
 */
public final class Lookup {
  private static final int MAX_LINKS = 40;

  /** A node and the path, free of links and {@code ..}, where it lies. */
  public record Found(TreePath path, Node node) {}

  /**
   * How far a path leads.
   *
   * @param path free of links as far as there are files; behind them the names that are left
   * @param node what lies there; null when the path leads on into nothing
   */
  public record Reached(TreePath path, @Nullable Node node) {}

  private record Step(TreePath path, Node node) {}

  private final FileTree tree;

  public Lookup(FileTree tree) {
    this.tree = tree;
  }

  /**
   * The node of a path; the last component is followed too when it is a symlink.
   *
   * @throws NoSuchFileException naming the first component that is missing
   * @throws NotDirectoryException naming the first component that is in the way
   * @throws FileSystemLoopException when there are too many symlinks
   */
  public Found find(String path) throws IOException {
    return find(path.getBytes(StandardCharsets.UTF_8), true);
  }

  /** The node of a path, a symlink in the last place not followed. */
  public Found findNoFollow(String path) throws IOException {
    return find(path.getBytes(StandardCharsets.UTF_8), false);
  }

  /** The node of a path if there is one; absent, too, where a name is missing or in the way. */
  public Optional<Found> tryFind(String path) throws IOException {
    return tryFind(path.getBytes(StandardCharsets.UTF_8));
  }

  /** The same of a path whose names may be any bytes. */
  public Optional<Found> tryFind(TreePath path) throws IOException {
    return tryFind(path.bytes());
  }

  private Optional<Found> tryFind(byte[] path) throws IOException {
    try {
      return Optional.of(find(path, true));
    } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException e) {
      return Optional.empty();
    }
  }

  public Found find(byte[] path, boolean followLast) throws IOException {
    Deque<Name> todo = new ArrayDeque<>(TreePath.components(path));
    Deque<Step> steps = new ArrayDeque<>();
    steps.push(new Step(TreePath.ROOT, tree.root()));
    int links = 0;
    while (!todo.isEmpty()) {
      Name name = todo.pop();
      if (name.is("..")) {
        up(steps);
        continue;
      }
      Step next = down(steps.element(), name);
      if (next.node.meta().isSymlink() && (followLast || !todo.isEmpty())) {
        if (++links > MAX_LINKS) {
          throw new FileSystemLoopException(NameText.of(path));
        }
        push(next.node.linkTarget(), todo, steps);
      } else {
        steps.push(next);
      }
    }
    Step last = steps.element();
    return new Found(last.path, last.node);
  }

  /**
   * Where a path leads, whether or not all of it is there: a name that is missing, or that lies
   * below what is no directory, is kept as it is. So do container runtimes find the place of a
   * mount (github.com/cyphar/filepath-securejoin).
   *
   * @throws FileSystemLoopException when there are too many symlinks
   */
  public Reached reach(byte[] path) throws IOException {
    Deque<Name> todo = new ArrayDeque<>(TreePath.components(path));
    Deque<Step> steps = new ArrayDeque<>();
    steps.push(new Step(TreePath.ROOT, tree.root()));
    Deque<Name> missing = new ArrayDeque<>();
    int links = 0;
    while (!todo.isEmpty()) {
      Name name = todo.pop();
      if (name.is("..")) {
        if (missing.pollLast() == null) {
          up(steps);
        }
        continue;
      }
      Node from = steps.element().node;
      Optional<Entry> entry =
          missing.isEmpty() && from.meta().isDirectory() ? from.child(name) : Optional.empty();
      if (entry.isEmpty()) {
        missing.addLast(name);
        continue;
      }
      Node next = entry.get().node();
      if (next.meta().isSymlink()) {
        if (++links > MAX_LINKS) {
          throw new FileSystemLoopException(NameText.of(path));
        }
        push(next.linkTarget(), todo, steps);
      } else {
        steps.push(new Step(steps.element().path.child(name), next));
      }
    }
    TreePath reached = steps.element().path;
    for (Name name : missing) {
      reached = reached.child(name);
    }
    return new Reached(reached, missing.isEmpty() ? steps.element().node : null);
  }

  private static void up(Deque<Step> steps) {
    if (steps.size() > 1) {
      steps.pop();
    }
  }

  private static Step down(Step from, Name name) throws IOException {
    if (!from.node.meta().isDirectory()) {
      throw new NotDirectoryException(from.path.toString());
    }
    TreePath path = from.path.child(name);
    Optional<Entry> entry = from.node.child(name);
    if (entry.isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
    return new Step(path, entry.get().node());
  }

  private static void push(byte[] target, Deque<Name> todo, Deque<Step> steps) {
    if (target.length > 0 && target[0] == '/') {
      while (steps.size() > 1) {
        steps.pop();
      }
    }
    List<Name> names = TreePath.components(target);
    for (int i = names.size() - 1; i >= 0; i--) {
      todo.push(names.get(i));
    }
  }
}
