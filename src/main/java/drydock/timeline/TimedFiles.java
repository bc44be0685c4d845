package drydock.timeline;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.MountedTree;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.overlay.Deleted;
import drydock.overlay.OverlayNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All files of a tree: the living as a walk finds them, the deleted names of each directory behind
 * its row like what the layers of a merged one delete, and at the end the deleted files that no
 * name leads to, in {@value #NAMELESS} at the root of their file system, as The Sleuth Kit shows
 * them. What cannot be read becomes a finding.
 *
 * <p>Memory: that of a {@link TreeWalk}, and where each deleted file lies that a name was shown of.
 * {@link #deletedNames} may be asked on many threads at a time.
 */
final class TimedFiles {
  static final String NAMELESS = "$OrphanFiles";

  /** Is shown each file. */
  @FunctionalInterface
  interface Visitor {
    void visit(TimedFile file) throws IOException;
  }

  private final FindingLog log;
  private final Set<Origin> named = ConcurrentHashMap.newKeySet();

  /** Each tree needs an object of its own. */
  TimedFiles(FindingLog log) {
    this.log = log;
  }

  /** Shows the files that are there. */
  void living(FileTree tree, Visitor visitor) throws IOException {
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> visitor.visit(TimedFile.living(path, node, meta)));
  }

  /** Shows the files that are there, and behind a merged directory what a layer deleted of it. */
  void livingAndHidden(FileTree tree, Visitor visitor) throws IOException {
    living(
        tree,
        file -> {
          visitor.visit(file);
          if (file.named() == NodeType.DIRECTORY
              && file.node() != null
              && MountedTree.behind(file.node()) instanceof OverlayNode merged) {
            hidden(file.path(), merged, visitor);
          }
        });
  }

  private void hidden(TreePath path, OverlayNode directory, Visitor visitor) throws IOException {
    List<Deleted> names;
    try {
      names = directory.deleted();
    } catch (IOException e) {
      log.add(e, directory.origin());
      return;
    }
    for (Deleted name : names) {
      if (name.was().isPresent()) {
        show(path.child(name.name()), name.was().get(), visitor);
      }
    }
  }

  /** A directory that was deleted, and all that was in it. */
  private void show(TreePath path, OverlayNode was, Visitor visitor) throws IOException {
    if (meta(was) != null) {
      new TreeWalk(log)
          .walk(path, was, (at, node, meta) -> visitor.visit(TimedFile.hidden(at, node, meta)));
    }
  }

  /** Shows the deleted names of a directory; none of what is no directory that is there. */
  void deletedNames(TimedFile directory, Visitor visitor) throws IOException {
    Node node = directory.node();
    FileMeta meta = directory.meta();
    boolean isLiving = directory.fate() == TimedFile.Fate.LIVING;
    if (!isLiving || node == null || meta == null || !meta.isDirectory()) {
      return;
    }
    Iterable<DeletedName> names;
    try {
      names = node.deletedNames();
    } catch (IOException e) {
      log.add(e, node.origin());
      return;
    }
    for (DeletedName name : names) {
      visitor.visit(named(directory.path().child(name.name()), name));
    }
  }

  /** Shows the deleted files of which no name was shown: so it comes last. */
  void nameless(FileTree tree, Visitor visitor) throws IOException {
    for (MountedTree.Place place : MountedTree.places(tree)) {
      TreePath directory = place.at().child(NAMELESS);
      place.tree().deletedFiles(file -> show(directory, file, visitor));
    }
  }

  private TimedFile named(TreePath path, DeletedName name) {
    Long number = name.inode();
    long inode = number == null ? 0 : number;
    NodeType type = name.type() == null ? NodeType.UNKNOWN : name.type();
    TimedFile.Fate fate =
        switch (name.state()) {
          case IN_USE, REUSED -> TimedFile.Fate.REALLOCATED;
          case DELETED, ORPHAN, UNKNOWN -> TimedFile.Fate.DELETED;
        };
    Node node = read(name.target(), name.origin());
    FileMeta meta = node == null ? null : meta(node);
    if (node == null || meta == null) {
      return new TimedFile(path, inode, type, null, null, fate);
    }
    if (fate == TimedFile.Fate.DELETED) {
      named.add(node.origin());
    }
    return new TimedFile(path, inode, type, meta, node, fate);
  }

  private @Nullable Node read(Entry.@Nullable Target target, Origin origin) {
    try {
      return target == null ? null : target.read();
    } catch (IOException e) {
      log.add(e, origin);
      return null;
    }
  }

  private @Nullable FileMeta meta(Node node) {
    try {
      return node.meta();
    } catch (IOException e) {
      log.add(e, node.origin());
      return null;
    }
  }

  private void show(TreePath directory, DeletedFile file, Visitor visitor) throws IOException {
    Node node = file.node();
    FileMeta meta = meta(node);
    if (meta == null || !named.add(node.origin())) {
      return;
    }
    TreePath path = directory.child("OrphanFile-" + meta.inode());
    visitor.visit(
        new TimedFile(path, meta.inode(), NodeType.UNKNOWN, meta, node, TimedFile.Fate.DELETED));
  }
}
