package drydock.runtime.containerd;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.NameText;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.runtime.Runtime;
import drydock.runtime.RuntimeFormat;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds containerd where distributions put it, and where a configuration file of it says. */
public final class ContainerdFormat implements RuntimeFormat {
  /** What every root of containerd has in it: a directory a plugin. */
  private static final String PLUGIN_PREFIX = "io.containerd.";

  @Override
  public String engine() {
    return ContainerdRuntime.ENGINE;
  }

  @Override
  public List<Runtime> find(FileTree node, @Nullable String root, FindingLog log)
      throws IOException {
    Lookup lookup = new Lookup(node);
    EngineRoots roots = new EngineRoots(lookup, log);
    Map<String, EngineSettings> candidates =
        root == null ? roots.find() : Map.of(root, EngineSettings.NONE);
    Map<String, Runtime> engines = new LinkedHashMap<>();
    for (Map.Entry<String, EngineSettings> candidate : candidates.entrySet()) {
      Optional<Lookup.Found> found = lookup.tryFind(candidate.getKey());
      if (found.isPresent() && isRoot(found.get())) {
        String path = found.get().path().toString();
        engines.putIfAbsent(path, new ContainerdRuntime(node, path, candidate.getValue(), log));
      } else if (root == null) {
        absent(candidate.getKey(), node, lookup, roots.saidBy(candidate.getKey()), log);
      }
    }
    return new ArrayList<>(engines.values());
  }

  /** A root that is named and not there is on another disk, or was never made. */
  private static void absent(
      String path, FileTree node, Lookup lookup, Optional<String> saidBy, FindingLog log)
      throws IOException {
    Optional<String> why = saidBy.map(file -> file + " says so");
    if (why.isEmpty()) {
      why = danglingLink(path, lookup).map(target -> "it leads to " + target);
    }
    if (why.isPresent()) {
      String what =
          "the containerd of "
              + path
              + " is not in this evidence ("
              + why.get()
              + "): another disk of the node may hold it, to be added with --disk";
      log.add(Finding.missing(node.originAt(TreePath.of(path)), what));
    }
  }

  /** Where a link leads that leads nowhere. */
  private static Optional<String> danglingLink(String path, Lookup lookup) throws IOException {
    try {
      Node there = lookup.findNoFollow(path).node();
      return there.meta().isSymlink() && lookup.tryFind(path).isEmpty()
          ? Optional.of(NameText.of(there.linkTarget()))
          : Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException e) {
      return Optional.empty();
    }
  }

  private static boolean isRoot(Lookup.Found found) throws IOException {
    if (!found.node().meta().isDirectory()) {
      return false;
    }
    for (Entry entry : found.node().list()) {
      if (entry.name().startsWith(PLUGIN_PREFIX)) {
        return true;
      }
    }
    return false;
  }
}
