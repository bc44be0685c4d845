package drydock.checkpoint.executable;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.GhostFile;
import drydock.checkpoint.criu.MountEntry;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.MappedFile;
import drydock.checkpoint.memory.Memory;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the executables of the processes of a checkpoint. For one thread. */
public final class Executables {
  private static final TreePath DEV_SHM = TreePath.of("/dev/shm");

  private final Checkpoint checkpoint;
  private final Dump dump;
  private final Memory memory;
  private final FindingLog log;
  private @Nullable Optional<FileTree> rootChanges;

  /**
   * @param log takes what is wrong, when it is read
   */
  public Executables(Checkpoint checkpoint, Dump dump, Memory memory, FindingLog log) {
    this.checkpoint = checkpoint;
    this.dump = dump;
    this.memory = memory;
    this.log = log;
  }

  /** A place that has the content of a file. */
  private record Found(FileSource source, ByteSource content) {}

  /** The executable of a process; empty when the dump has no memory of it. */
  public Optional<Executable> of(int pid) throws IOException {
    Optional<AddressSpace> opened = memory.space(pid);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    AddressSpace space = opened.get();
    MappedFile mapped = memory.executable(space).orElse(null);
    OpenFile file = dump.file(space.layout().executable(), space.origin()).orElse(null);
    Found found = file == null || mapped == null ? null : find(file, mapped.path());
    return Optional.of(
        new Executable(
            space,
            memory.command(pid).orElse(null),
            mapped == null ? null : mapped.path(),
            (mapped != null && mapped.isDeleted()) || (file != null && file.isDeleted()),
            file == null ? null : file.size(),
            found == null ? FileSource.MEMORY : found.source(),
            found == null ? null : found.content()));
  }

  private @Nullable Found find(OpenFile file, byte[] path) throws IOException {
    Long ghost = file.ghost();
    if (ghost != null) {
      GhostFile content = dump.ghost(ghost).orElse(null);
      return content == null ? null : new Found(FileSource.GHOST, content.content());
    }
    OpenFile.Remap remap = file.remap();
    if (remap == null) {
      return named(file, TreePath.of(path));
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
      return in(rootChanges(), path, FileSource.ROOT_CHANGES, file);
    }
    boolean isShared = mount.equals(DEV_SHM) && path.depth() > DEV_SHM.depth();
    return isShared ? in(checkpoint.devShm(), below(path), FileSource.SHARED_MEMORY, file) : null;
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
      String what = "another file than the executable, of " + content.size() + " bytes, not ";
      log.add(Finding.note(found.get().node().origin(), what + size));
      return null;
    }
    return new Found(source, content);
  }
}
