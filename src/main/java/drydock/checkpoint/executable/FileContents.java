package drydock.checkpoint.executable;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.GhostFile;
import drydock.checkpoint.criu.MountEntry;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.AreaKind;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was in the files that frozen processes have open or mapped: in the archive, and in the
 * layers of the image below it where they were given. For one thread.
 */
public final class FileContents {
  /** Archives have no parts of seconds. */
  private static final Duration WHOLE_SECOND = Duration.ofSeconds(1);

  private static final TreePath DEV_SHM = TreePath.of("/dev/shm");

  private final Checkpoint checkpoint;
  private final Dump dump;
  private final @Nullable FileTree root;
  private final @Nullable FileTree mounted;
  private final FindingLog log;
  private final Map<Long, Optional<Found>> known = new HashMap<>();
  private @Nullable Optional<FileTree> rootChanges;

  /** A place that has the content of a file. */
  public record Found(FileSource source, ByteSource content) {}

  /**
   * @param root of the container, with the layers of its image; null when they were not given
   * @param mounted the same with what was mounted in it; null likewise
   * @param log takes what is wrong, when it is read
   */
  public FileContents(
      Checkpoint checkpoint,
      Dump dump,
      @Nullable FileTree root,
      @Nullable FileTree mounted,
      FindingLog log) {
    this.checkpoint = checkpoint;
    this.dump = dump;
    this.root = root;
    this.mounted = mounted;
    this.log = log;
  }

  Dump dump() {
    return dump;
  }

  /** What was in a file; empty when it is nowhere, or only another file of its name is. */
  public Optional<Found> of(OpenFile file) throws IOException {
    Optional<Found> found = known.get(file.id());
    if (found == null) {
      found = Optional.ofNullable(find(file));
      known.put(file.id(), found);
    }
    return found;
  }

  /**
   * The memory of a process with the pages of mapped files that the dump does not have, since they
   * were as in the file. With layers, a mapped file that is nowhere is a finding.
   */
  public AddressSpace complete(AddressSpace space) throws IOException {
    Map<Area, ByteSource> contents = new HashMap<>();
    for (Area area : space.areas()) {
      boolean isFile = area.kind() == AreaKind.FILE || area.kind() == AreaKind.FILE_SHARED;
      OpenFile file = isFile ? dump.files().get(area.sharedId()) : null;
      if (file == null) {
        continue;
      }
      Optional<Found> found = of(file);
      if (found.isPresent()) {
        contents.put(area, found.get().content());
      } else if (root != null) {
        String what = "a file that process " + space.pid() + " maps is nowhere in what was given: ";
        log.add(Finding.missing(space.origin(), what + file.path()));
      }
    }
    return space.withFiles(contents);
  }

  private @Nullable Found find(OpenFile file) throws IOException {
    Long ghost = file.ghost();
    if (ghost != null) {
      GhostFile content = dump.ghost(ghost).orElse(null);
      return content == null ? null : new Found(FileSource.GHOST, content.content());
    }
    OpenFile.Remap remap = file.remap();
    if (remap == null) {
      return file.path() == null ? null : named(file, TreePath.of(file.path().bytes()));
    }
    // another name of the same inode was left
    OpenFile other =
        remap.kind() == OpenFile.RemapKind.LINKED ? dump.files().get(remap.target()) : null;
    return other == null || other.path() == null
        ? null
        : named(file, TreePath.of(other.path().bytes()));
  }

  /** The file of a path, if it is one of the size that was dumped. */
  private @Nullable Found named(OpenFile file, TreePath path) throws IOException {
    TreePath mount = mountPoint(file);
    if (mount == null || mount.isRoot()) {
      Found changed = in(rootChanges(), path, FileSource.ROOT_CHANGES, file);
      return changed != null
          ? changed
          : in(Optional.ofNullable(root), path, FileSource.LAYERS, file);
    }
    boolean isShared = mount.equals(DEV_SHM) && path.depth() > DEV_SHM.depth();
    return isShared
        ? in(checkpoint.devShm(), below(path), FileSource.SHARED_MEMORY, file)
        : inVolume(path, mount, file);
  }

  /**
   * What the node has of a volume is younger than the checkpoint: what was written since is not
   * what was mapped.
   */
  private @Nullable Found inVolume(TreePath path, TreePath mount, OpenFile file)
      throws IOException {
    Optional<Lookup.Found> found =
        mounted == null ? Optional.empty() : new Lookup(mounted).tryFind(path);
    if (found.isEmpty() || !isThrough(mount, found.get().node())) {
      return null;
    }
    Node node = found.get().node();
    Instant modified = node.meta().times().modified();
    Instant frozen = checkpoint.checkpointed();
    if (modified != null && frozen != null && modified.isAfter(frozen.plus(WHOLE_SECOND))) {
      String what = "another file than the one that was mapped: written since, at " + modified;
      log.add(Finding.note(node.origin(), what));
      return null;
    }
    return in(Optional.ofNullable(mounted), path, FileSource.VOLUME, file);
  }

  private static TreePath below(TreePath path) {
    TreePath rest = TreePath.ROOT;
    for (var name : path.names().subList(DEV_SHM.depth(), path.depth())) {
      rest = rest.child(name);
    }
    return rest;
  }

  /** Null when no image tells of the mount. */
  private @Nullable TreePath mountPoint(OpenFile file) throws IOException {
    for (MountEntry mount : dump.mounts()) {
      if (file.mount() != null && mount.id() == file.mount()) {
        return TreePath.of(mount.mountPoint().bytes());
      }
    }
    return null;
  }

  private Optional<FileTree> rootChanges() throws IOException {
    Optional<FileTree> tree = rootChanges;
    if (tree == null) {
      tree = checkpoint.rootFsDiff();
      rootChanges = tree;
    }
    return tree;
  }

  private static boolean isThrough(TreePath mount, Node node) {
    return MountedTree.through(node).filter(graft -> graft.at().equals(mount)).isPresent();
  }

  /** That it is of another build than was mapped; null when it is not, or nothing tells. */
  private static @Nullable String otherBuild(OpenFile file, ByteSource content) throws IOException {
    String mapped = file.buildId();
    String is = mapped == null ? null : BuildId.of(content);
    return mapped == null || mapped.equals(is)
        ? null
        : "another file than the one that was mapped: build id "
            + (is == null ? "none" : is)
            + ", not "
            + mapped;
  }

  private @Nullable Found in(
      Optional<FileTree> tree, TreePath path, FileSource source, OpenFile file) throws IOException {
    Optional<Lookup.Found> found =
        tree.isEmpty() ? Optional.empty() : new Lookup(tree.get()).tryFind(path);
    if (found.isEmpty() || found.get().node().meta().type() != NodeType.FILE) {
      return null;
    }
    ByteSource content = found.get().node().content();
    Long size = file.size();
    if (size != null && size != content.size()) {
      String what =
          "another file than the one that was mapped, of " + content.size() + " bytes, not ";
      log.add(Finding.note(found.get().node().origin(), what + size));
      return null;
    }
    String other = otherBuild(file, content);
    if (other != null) {
      log.add(Finding.note(found.get().node().origin(), other));
      return null;
    }
    return new Found(source, content);
  }
}
