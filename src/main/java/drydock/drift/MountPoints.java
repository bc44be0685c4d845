package drydock.drift;

import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.runtime.Mount;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the container's runtime makes before the container starts: for each mount of its spec an
 * empty file or directory to mount on, and the directories on the way to it (runc {@code
 * libcontainer/rootfs_linux.go}, createMountpoint). A name alone decides nothing: what holds
 * anything of its own was not made by the runtime.
 */
final class MountPoints {
  /** The kernel gives all that it does in one of its ticks, of 1 to 10 ms, the same time. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Names on the way to mount points, by their directory. */
  private final Map<TreePath, Set<Name>> below = new HashMap<>();

  /** Mounts whose destination is not there are on other mounts and no matter here. */
  MountPoints(List<Mount> mounts, FileTree merged) throws IOException {
    Lookup lookup = new Lookup(merged);
    for (Mount mount : mounts) {
      Optional<Lookup.Found> found = lookup.tryFind(mount.destination());
      TreePath at = found.isEmpty() ? TreePath.ROOT : found.get().path();
      for (TreePath parent = at.parent(); parent != null; parent = at.parent()) {
        below.computeIfAbsent(parent, each -> new TreeSet<>()).add(at.name());
        at = parent;
      }
    }
  }

  /** Whether what is new there is an empty mount point, or leads to nothing else. */
  boolean isMade(TreePath path, Node node, FileMeta meta) throws IOException {
    TreePath parent = path.parent();
    Set<Name> names = parent == null ? null : below.get(parent);
    if (names == null || !names.contains(path.name())) {
      return false;
    }
    if (!meta.isDirectory()) {
      return meta.isFile() && meta.size() == 0;
    }
    Set<Name> known = below.getOrDefault(path, Set.of());
    for (Entry entry : node.list()) {
      if (!known.contains(entry.name())) {
        return false;
      }
      Node child = entry.node();
      if (!isMade(path.child(entry.name()), child, child.meta())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the last change of a directory's names was that the runtime made a mount point in it.
   */
  boolean lastChanged(TreePath path, Node directory, @Nullable Node before) throws IOException {
    Instant modified = directory.meta().times().modified();
    if (modified == null) {
      return false;
    }
    for (Name name : below.getOrDefault(path, Set.of())) {
      Optional<Entry> entry = directory.child(name);
      boolean isNew = before == null || before.child(name).isEmpty();
      if (isNew && entry.isPresent()) {
        Node made = entry.get().node();
        Instant born = made.meta().times().born();
        boolean then = born != null && Duration.between(born, modified).abs().compareTo(TICK) <= 0;
        if (then && isMade(path.child(name), made, made.meta())) {
          return true;
        }
      }
    }
    return false;
  }
}
