package drydock.cli;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.DeletedName;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where deleted files may have been: the names that were taken out of directories, by the inodes
 * that they stood for. A number may have been given to several files since: a path is a guess.
 */
final class DeletedPaths {
  /** A bound for memory; more names than that are told of and left out. */
  private static final int MAX_NAMES = 1 << 18;

  private final Map<Long, byte[]> paths = new HashMap<>();

  /** Names whose inodes are in use: of files that had the number before, or of renamed ones. */
  private final Map<Long, byte[]> unlikely = new HashMap<>();

  private final FindingLog log;
  private boolean isFull;

  /** None. */
  DeletedPaths(FindingLog log) {
    this.log = log;
  }

  /** Looks through all directories of a tree. */
  static DeletedPaths of(FileTree tree, FindingLog log) throws IOException {
    DeletedPaths found = new DeletedPaths(log);
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> {
              if (meta.isDirectory()) {
                found.add(path, node);
              }
            });
    return found;
  }

  private void add(TreePath path, Node directory) {
    try {
      add(path, directory, directory.deletedNames());
      add(path, directory, directory.pastNames());
    } catch (IOException e) {
      log.add(e, directory.origin());
    }
  }

  private void add(TreePath path, Node directory, List<DeletedName> names) {
    for (DeletedName name : names) {
      Long inode = name.inode();
      if (inode != null) {
        boolean isLikely = name.state() != DeletedName.State.IN_USE;
        add(isLikely ? paths : unlikely, inode, path.child(name.name()), directory);
      }
    }
  }

  private void add(Map<Long, byte[]> known, long inode, TreePath path, Node directory) {
    if (paths.size() + unlikely.size() < MAX_NAMES) {
      known.putIfAbsent(inode, path.bytes());
    } else if (!isFull) {
      isFull = true;
      String what = "there are more deleted names than are looked at; some paths are not guessed";
      log.add(Finding.note(directory.origin(), what));
    }
  }

  /** The bytes of a path; null where no name tells. */
  byte @Nullable [] of(long inode) {
    byte[] path = paths.get(inode);
    return path == null ? unlikely.get(inode) : path;
  }
}
