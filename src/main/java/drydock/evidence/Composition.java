package drydock.evidence;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Graft;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node's tree while it is put together: the root, what is mounted on it, and the role of each
 * partition in that.
 */
final class Composition {
  private final FileTree base;
  private final FindingLog log;
  private final List<Graft> grafts = new ArrayList<>();
  private final Map<OpenedPartition, String> roles = new IdentityHashMap<>();
  private final Map<OpenedPartition, String> missed = new IdentityHashMap<>();

  Composition(FileTree base, FindingLog log) {
    this.base = base;
    this.log = log;
  }

  FileTree base() {
    return base;
  }

  /** The tree as far as it is put together. */
  FileTree tree() {
    return grafts.isEmpty() ? base : MountedTree.of(base, grafts);
  }

  void role(OpenedPartition partition, String role) {
    roles.merge(partition, role, (before, added) -> before + ", " + added);
  }

  Map<OpenedPartition, String> roles() {
    return roles;
  }

  boolean hasRole(OpenedPartition partition) {
    return roles.containsKey(partition);
  }

  /**
   * Puts a directory of a partition at a path; one that is not there, or not to be read, is a
   * finding.
   */
  boolean mount(OpenedPartition partition, String inside, String at) throws IOException {
    FileTree tree;
    try {
      tree = partition.tree();
    } catch (CorruptDataException | UnsupportedFormatException e) {
      missed.put(partition, at);
      log.add(
          Finding.missing(
              partition.partition().bytes().origin(), at + " is missing: " + e.getMessage()));
      return false;
    }
    Optional<Lookup.Found> directory = new NodeFiles(tree, log).directory(inside);
    if (directory.isEmpty()) {
      return false;
    }
    grafts.add(Graft.of(TreePath.of(at), tree, directory.get()));
    role(partition, inside.equals("/") ? at : at + " (its " + inside + ")");
    return true;
  }

  /** Says which of the partitions may hold files of the node that nobody sees here. */
  void tellUnread(List<OpenedPartition> partitions) throws IOException {
    for (OpenedPartition each : partitions) {
      boolean told = hasRole(each) || missed.containsKey(each);
      if (!told && each.mayHoldUnseenFiles()) {
        String what = "is not read, and its files are missing here: " + each.whyNot().orElse("");
        log.add(Finding.missing(each.partition().bytes().origin(), what));
      }
    }
  }

  /** Puts a directory of the tree at another path of it. */
  void bind(String from, String at) throws IOException {
    FileTree whole = tree();
    Optional<Lookup.Found> directory = new NodeFiles(whole, log).directory(from);
    directory.ifPresent(found -> grafts.add(Graft.of(TreePath.of(at), whole, found)));
  }
}
