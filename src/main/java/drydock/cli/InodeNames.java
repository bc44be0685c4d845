package drydock.cli;

import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.MountedTree;
import drydock.fs.ext4.Ext4Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/** The paths that lead to inodes; of deleted ones, where they may have been. */
record InodeNames(Evidence evidence, FindingLog log) {
  /**
   * A path of an inode.
   *
   * @param path null when none is known
   * @param guess why the path is a guess, or why there is none; null when it is sure
   */
  record Named(long inode, byte @Nullable [] path, @Nullable String guess) {}

  /** Those of each inode, in the order in which they were asked for. */
  List<Named> of(List<Long> inodes, Function<String, ParameterException> usage) throws IOException {
    if (inodes.isEmpty()) {
      return List.of();
    }
    Ext4Tree tree = tree(usage);
    Set<Long> wanted = new TreeSet<>(inodes);
    SortedMap<Long, List<byte[]>> paths = tree.records().paths(wanted);
    wanted.removeIf(inode -> !paths.getOrDefault(inode, List.of()).isEmpty());
    Map<Long, byte[]> guesses = wanted.isEmpty() ? Map.of() : guesses(tree, wanted);
    List<Named> named = new ArrayList<>();
    for (long inode : inodes) {
      for (byte[] path : paths.getOrDefault(inode, List.of())) {
        boolean whole = path.length > 0 && path[0] == '/';
        named.add(
            whole
                ? new Named(inode, path, null)
                : new Named(inode, null, "the way up from its directory is lost"));
      }
      if (wanted.contains(inode)) {
        byte[] guess = guesses.get(inode);
        String why = "no name leads to it; where it was is told by a deleted name";
        named.add(
            guess == null
                ? new Named(inode, null, "no name leads to it, and no deleted one that is left")
                : new Named(inode, guess, why));
      }
    }
    return named;
  }

  private Ext4Tree tree(Function<String, ParameterException> usage) throws IOException {
    FileTree node = evidence.node();
    List<MountedTree.Place> places = MountedTree.places(node);
    if (places.size() > 1) {
      throw usage.apply(
          "the node has several file systems: --inode needs --partition to tell which one");
    }
    if (!(places.get(0).tree() instanceof Ext4Tree tree)) {
      throw usage.apply("--inode is for disks with ext file systems; type a PATH here");
    }
    return tree;
  }

  /** As {@code recover} tells them: from copies of directories, else from deleted names. */
  private Map<Long, byte[]> guesses(Ext4Tree tree, Set<Long> inodes) throws IOException {
    Map<Long, byte[]> guesses = new HashMap<>();
    tree.deletedFiles(
        file -> {
          byte[] path = file.path();
          long inode = file.node().meta().inode();
          if (path != null && path.length > 0 && path[0] == '/' && inodes.contains(inode)) {
            guesses.putIfAbsent(inode, path);
          }
        });
    if (!guesses.keySet().containsAll(inodes)) {
      DeletedPaths names = DeletedPaths.of(tree, log);
      for (long inode : inodes) {
        byte[] path = names.of(inode);
        if (path != null) {
          guesses.putIfAbsent(inode, path);
        }
      }
    }
    return guesses;
  }
}
