package drydock.verify;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.tar.Deletions;
import drydock.fs.tar.TarEntry;
import drydock.fs.tar.TarKind;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What containerd makes of the entries of a layer's archive, step by step, in memory. For one
 * thread.
 *
 * <ul>
 *   <li>Paths are cleaned; links that the layer itself has are followed in all but the last name.
 *   <li>Parents that the archive does not name are made, 0755 or like the directory of that name in
 *       the layers below. When they were modified cannot be told.
 *   <li>What is there already is replaced, but a directory by a directory keeps what is in it.
 *   <li>A hard link's header counts for the file: its owner, mode, time and attributes. A change of
 *       owner takes {@code security.capability} away, as the kernel does.
 *   <li>Times before 1970, or after what 63 bits of nanoseconds hold (2262), become 1970.
 *   <li>Attributes {@code trusted.*} are left out, and {@code user.*} of what is neither file nor
 *       directory. Access lists follow the mode, and are inherited from a directory's default one.
 *   <li>A whiteout becomes a device 0:0, an opaque mark the attribute {@code
 *       trusted.overlay.opaque}; in a layer that is a whole tree (the lowest one, native, btrfs)
 *       they take away what is there.
 *   <li>The entry of the root itself is passed over.
 * </ul>
 *
 * <p>Memory: about 300 bytes for each file, of which it takes {@value #MAX_ENTRIES} at most, and
 * the attributes, of which it takes {@value #MAX_ATTRIBUTE_BYTES} bytes.
 */
final class Unpacking {
  static final int MAX_ENTRIES = 300_000;

  /** No system call takes a longer path (kernel limits.h, PATH_MAX). */
  private static final int MAX_PATH = 4096;

  private static final int MAX_LINKS = 255;
  private static final long MAX_ATTRIBUTE_BYTES = 16 << 20;
  private static final Name OPAQUE = Name.of("trusted.overlay.opaque");
  private static final Name CAPABILITY = Name.of("security.capability");
  private static final Instant LATEST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

  private final Made root;
  private final boolean marksWhiteouts;
  private final List<FileTree> lowers;
  private final Origin origin;
  private int count;
  private long attributeBytes;

  /**
   * @param root what is there before: empty, or a copy of the snapshot below
   * @param marksWhiteouts whether the layer is one of an overlay that has others below
   * @param lowers those, the topmost first
   */
  Unpacking(Made root, boolean marksWhiteouts, List<FileTree> lowers, Origin origin) {
    this.root = root;
    this.marksWhiteouts = marksWhiteouts;
    this.lowers = List.copyOf(lowers);
    this.origin = origin;
  }

  Made root() {
    return root;
  }

  /**
   * One entry.
   *
   * @param sha256 of its content if it is a file
   * @throws CorruptDataException when containerd would have given up here
   */
  void apply(TarEntry entry, byte @Nullable [] sha256) throws IOException {
    List<Name> names = cleaned(entry);
    if (names.isEmpty()) {
      return;
    }
    count(entry);
    for (byte[] value : entry.attributes().values()) {
      attributeBytes += value.length;
    }
    if (attributeBytes > MAX_ATTRIBUTE_BYTES) {
      throw refused(entry, "attributes of more than " + MAX_ATTRIBUTE_BYTES + " bytes");
    }
    Name base = names.remove(names.size() - 1);
    List<Name> path = resolved(names, entry);
    Made parent = madeParent(path, entry);
    if (base.startsWith(Deletions.PREFIX)) {
      whiteOut(parent, base, entry);
      return;
    }
    Optional<Made> there = parent.child(base);
    boolean merges =
        there.isPresent() && there.get().isDirectory() && entry.kind() == TarKind.DIRECTORY;
    if (there.isPresent() && !merges) {
      parent.remove(base);
    }
    if (entry.kind() == TarKind.GLOBAL) {
      return;
    }
    Made made = merges ? there.get() : made(entry, sha256);
    if (!merges && entry.kind() != TarKind.LINK) {
      inherit(parent, made);
    }
    parent.put(base, made);
    describe(made, entry);
  }

  private void count(TarEntry entry) throws CorruptDataException {
    if (++count > MAX_ENTRIES) {
      throw refused(entry, "more than " + MAX_ENTRIES + " files");
    }
  }

  private List<Name> cleaned(TarEntry entry) throws IOException {
    if (entry.path().length > MAX_PATH) {
      throw refused(entry, "a path of " + entry.path().length + " bytes");
    }
    List<Name> names = new ArrayList<>();
    for (Name name : TreePath.of(entry.path()).names()) {
      if (!name.is("..")) {
        names.add(name);
      } else if (!names.isEmpty()) {
        names.remove(names.size() - 1);
      }
    }
    return names;
  }

  /** The path of a directory without links, as far as there are files. */
  private List<Name> resolved(List<Name> names, TarEntry entry) throws IOException {
    Deque<Name> todo = new ArrayDeque<>(names);
    List<Name> path = new ArrayList<>();
    Deque<Made> at = new ArrayDeque<>(List.of(root));
    int links = 0;
    while (!todo.isEmpty()) {
      Name name = todo.pop();
      if (name.is("..")) {
        if (!path.isEmpty()) {
          path.remove(path.size() - 1);
          if (at.size() > path.size() + 1) {
            at.pop();
          }
        }
        continue;
      }
      boolean known = at.size() == path.size() + 1;
      Optional<Made> child = known ? at.element().child(name) : Optional.empty();
      if (child.isPresent() && child.get().type == NodeType.SYMLINK) {
        if (++links > MAX_LINKS) {
          throw refused(entry, "too many links");
        }
        byte[] target = child.get().target;
        if (target.length > 0 && target[0] == '/') {
          path.clear();
          at = new ArrayDeque<>(List.of(root));
        }
        List<Name> onward = TreePath.of(target).names();
        for (int i = onward.size() - 1; i >= 0; i--) {
          todo.push(onward.get(i));
        }
        continue;
      }
      path.add(name);
      if (child.isPresent()) {
        at.push(child.get());
      }
    }
    return path;
  }

  private Made madeParent(List<Name> path, TarEntry entry) throws IOException {
    Made at = root;
    TreePath so = TreePath.ROOT;
    for (Name name : path) {
      so = so.child(name);
      Optional<Made> next = at.child(name);
      if (next.isPresent() && !next.get().isDirectory()) {
        throw refused(entry, so + " is no directory");
      }
      if (next.isEmpty()) {
        count(entry);
        Made made = implied(so, at);
        at.put(name, made);
        next = Optional.of(made);
      }
      at = next.get();
    }
    return at;
  }

  /** A directory that the archive has no entry for. */
  private Made implied(TreePath path, Made parent) throws IOException {
    Made made = Made.directory(0755);
    // The kernel hands the group on in such a directory.
    made.gid = (parent.permissions & 02000) != 0 ? parent.gid : 0;
    inherit(parent, made);
    for (FileTree lower : lowers) {
      Node node = find(lower, path);
      if (node != null) {
        FileMeta meta = node.meta();
        if (meta.isDirectory()) {
          made.permissions = meta.permissions();
          made.uid = meta.uid();
          made.gid = meta.gid();
          made.attributes = added(made.attributes, node.attributes());
        }
        break;
      }
    }
    return made;
  }

  private static @Nullable Node find(FileTree lower, TreePath path) throws IOException {
    try {
      return new Lookup(lower).find(path.bytes(), true).node();
    } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException e) {
      return null;
    }
  }

  /** A directory's default access list is that of what is made in it. */
  private static void inherit(Made parent, Made made) {
    byte[] list = parent.attributes.get(PosixAcl.DEFAULT);
    if (list == null || made.type == NodeType.SYMLINK) {
      return;
    }
    made.attributes = new TreeMap<>(made.attributes);
    made.attributes.put(PosixAcl.ACCESS, list);
    if (made.isDirectory()) {
      made.attributes.put(PosixAcl.DEFAULT, list);
    }
    followMode(made.attributes, made.permissions);
  }

  private static void followMode(SortedMap<Name, byte[]> attributes, int mode) {
    byte[] list = attributes.get(PosixAcl.ACCESS);
    byte[] kept = list == null ? null : PosixAcl.withMode(list, mode);
    if (kept != null) {
      attributes.put(PosixAcl.ACCESS, kept);
    } else if (list != null) {
      attributes.remove(PosixAcl.ACCESS);
    }
  }

  private static SortedMap<Name, byte[]> added(
      SortedMap<Name, byte[]> own, SortedMap<Name, byte[]> lower) {
    SortedMap<Name, byte[]> all = new TreeMap<>(lower);
    all.keySet().removeIf(name -> name.startsWith("trusted."));
    all.putAll(own);
    return all;
  }

  private void whiteOut(Made parent, Name base, TarEntry entry) throws IOException {
    if (base.equals(Deletions.OPAQUE)) {
      if (marksWhiteouts) {
        parent.attributes = new TreeMap<>(parent.attributes);
        parent.attributes.put(OPAQUE, new byte[] {'y'});
      } else {
        parent.keepNamed();
      }
      return;
    }
    Name gone = Deletions.deleted(base);
    if (gone.length() == 0 || gone.isDotOrDotDot()) {
      throw refused(entry, "a whiteout of no name");
    }
    if (!marksWhiteouts) {
      parent.remove(gone);
      return;
    }
    if (parent.child(gone).isPresent()) {
      throw refused(entry, "a whiteout of what the archive itself has");
    }
    Made whiteout = new Made(NodeType.CHARACTER, Device.ZERO, Made.NO_TARGET);
    whiteout.uid = entry.uid();
    whiteout.gid = entry.gid();
    parent.put(gone, whiteout);
  }

  private Made made(TarEntry entry, byte @Nullable [] sha256) throws IOException {
    if (entry.kind() == TarKind.LINK) {
      return linked(entry);
    }
    boolean symlink = entry.kind() == TarKind.SYMLINK;
    byte[] target = symlink ? entry.target() : Made.NO_TARGET;
    if (target.length == 0 && symlink || target.length >= MAX_PATH) {
      throw refused(entry, "a link to a path of " + target.length + " bytes");
    }
    boolean device = entry.kind() == TarKind.CHARACTER || entry.kind() == TarKind.BLOCK;
    Made made = new Made(entry.kind().type(), device ? entry.device() : Device.ZERO, target);
    made.size = symlink ? target.length : entry.size();
    made.sha256 = sha256;
    return made;
  }

  /** The file that a hard link names; the last name of its path is not followed. */
  private Made linked(TarEntry entry) throws IOException {
    List<Name> names = new ArrayList<>(TreePath.of(entry.target()).names());
    if (entry.target().length > MAX_PATH || names.isEmpty()) {
      throw refused(entry, "a hard link to no file");
    }
    Name base = names.remove(names.size() - 1);
    Made at = root;
    for (Name name : resolved(names, entry)) {
      at = at.child(name).orElseThrow(() -> refused(entry, "a hard link to nothing"));
    }
    Made target = at.child(base).orElseThrow(() -> refused(entry, "a hard link to nothing"));
    if (target.isDirectory()) {
      throw refused(entry, "a hard link to a directory");
    }
    return target;
  }

  private static void describe(Made made, TarEntry entry) {
    made.named = true;
    made.uid = entry.uid();
    made.gid = entry.gid();
    made.permissions = entry.permissions();
    made.modified = bound(entry.modified());
    SortedMap<Name, byte[]> attributes = new TreeMap<>(made.attributes);
    if (!made.isDirectory()) {
      attributes.remove(CAPABILITY);
    }
    boolean mayHaveUsers = made.isDirectory() || made.type == NodeType.FILE;
    for (Map.Entry<Name, byte[]> each : entry.attributes().entrySet()) {
      Name name = each.getKey();
      boolean refused =
          name.startsWith("trusted.")
              || !mayHaveUsers && name.startsWith("user.")
              || made.type == NodeType.SYMLINK && name.equals(PosixAcl.ACCESS);
      if (!refused) {
        attributes.put(name, each.getValue());
      }
    }
    followMode(attributes, made.permissions);
    made.attributes = attributes.isEmpty() ? Made.NO_ATTRIBUTES : attributes;
  }

  private static Instant bound(Instant time) {
    return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? Instant.EPOCH : time;
  }

  private CorruptDataException refused(TarEntry entry, String why) {
    String path = Name.of(entry.path()).toString();
    return new CorruptDataException(
        origin, entry.offset(), "containerd unpacks no such entry: " + why, path, null);
  }
}
