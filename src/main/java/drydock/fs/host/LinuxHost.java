package drydock.fs.host;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Name;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Linux system calls, each from the descriptor of the directory that holds the name. */
final class LinuxHost implements Host {
  private static final int MAX_DIRECTORIES = 64;
  private static final int MAX_FILES = 32;
  private static final int LIST_BYTES = 64 << 10;

  /** Kernel {@code include/uapi/linux/limits.h}: no list and no value of attributes is longer. */
  private static final int MAX_ATTRIBUTE_BYTES = 64 << 10;

  private static final int FIRST_ATTRIBUTE_BYTES = 1 << 10;
  private static final int MAX_TARGET_BYTES = 64 << 10;
  private static final byte[] HERE = {'.', 0};

  private static final int OPEN_NAME =
      Linux.O_PATH | Linux.O_DIRECTORY | Linux.O_NOFOLLOW | Linux.O_CLOEXEC;
  private static final int OPEN_LIST = Linux.O_DIRECTORY | Linux.O_NOFOLLOW | Linux.O_CLOEXEC;
  private static final int OPEN_CONTENT =
      Linux.O_NOFOLLOW | Linux.O_CLOEXEC | Linux.O_NONBLOCK | Linux.O_NOCTTY;

  private final Linux linux;
  private final int root;
  private final Origin origin;
  private final FindingLog log;
  private final Descriptors directories;
  private final Descriptors files;

  private LinuxHost(Linux linux, int root, Origin origin, FindingLog log) {
    this.linux = linux;
    this.root = root;
    this.origin = origin;
    this.log = log;
    this.directories = new Descriptors(MAX_DIRECTORIES, linux.calls()::close);
    this.files = new Descriptors(MAX_FILES, linux.calls()::close);
  }

  /** Whether the numbers in {@link Linux} and the layout in {@link Statx} are this system's. */
  static boolean isSupported() {
    String machine = System.getProperty("os.arch", "");
    return System.getProperty("os.name", "").equals("Linux")
        && (machine.equals("amd64") || machine.equals("aarch64"));
  }

  static LinuxHost open(Path directory, Origin origin, FindingLog log) throws IOException {
    Linux linux = new Linux();
    byte[] path = directory.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    int flags = Linux.O_PATH | Linux.O_DIRECTORY | Linux.O_CLOEXEC;
    int root = linux.calls().openat(Linux.AT_FDCWD, Linux.string(path), flags);
    if (root < 0) {
      throw Linux.failure(linux.error(), path);
    }
    return new LinuxHost(linux, root, origin, log);
  }

  /** The directory's descriptor, good for looking up names in it. */
  private Descriptors.Lease directory(TreePath path) throws IOException {
    return directories.lease(path, () -> openDown(path));
  }

  private int openDown(TreePath path) throws IOException {
    TreePath above = path.parent();
    if (above == null) {
      return openName(root, HERE, path);
    }
    Optional<Descriptors.Lease> open = directories.leaseOpen(above);
    if (open.isPresent()) {
      try (Descriptors.Lease lease = open.get()) {
        return openName(lease.descriptor(), nameIn(path), path);
      }
    }
    // from the root, each name from its parent's descriptor; what lies between is closed again
    int at = -1;
    for (Name name : path.names()) {
      int next = -1;
      try {
        next = openName(at < 0 ? root : at, Linux.string(name.bytes()), path);
      } finally {
        if (at >= 0) {
          linux.calls().close(at);
        }
      }
      at = next;
    }
    return at;
  }

  private int openName(int from, byte[] name, TreePath path) throws IOException {
    int opened = linux.calls().openat(from, name, OPEN_NAME);
    if (opened < 0) {
      throw Linux.failure(linux.error(), path.bytes());
    }
    return opened;
  }

  private Descriptors.Lease parent(TreePath path) throws IOException {
    TreePath parent = path.parent();
    return directory(parent == null ? path : parent);
  }

  /** The name to be looked up in {@link #parent}. */
  private static byte[] nameIn(TreePath path) {
    return path.isRoot() ? HERE : Linux.string(path.name().bytes());
  }

  @Override
  public Stat stat(TreePath path) throws IOException {
    try (Descriptors.Lease parent = parent(path)) {
      return stat(parent.descriptor(), nameIn(path), Linux.AT_SYMLINK_NOFOLLOW, path);
    }
  }

  private Stat stat(int from, byte[] name, int flags, TreePath path) throws IOException {
    byte[] raw = new byte[Statx.BYTES];
    if (linux.calls().statx(from, name, flags, Statx.MASK, raw) != 0) {
      throw Linux.failure(linux.error(), path.bytes());
    }
    return Statx.decode(raw);
  }

  @Override
  public List<Listed> list(TreePath path) throws IOException {
    try (Descriptors.Lease directory = directory(path)) {
      int descriptor = open(directory.descriptor(), HERE, OPEN_LIST, path);
      try {
        return read(descriptor, path);
      } finally {
        linux.calls().close(descriptor);
      }
    }
  }

  /** Only owners may leave access times alone; others read all the same. */
  private int open(int from, byte[] name, int flags, TreePath path) throws IOException {
    int opened = linux.calls().openat(from, name, flags | Linux.O_NOATIME);
    if (opened < 0 && linux.error() == Linux.EPERM) {
      opened = linux.calls().openat(from, name, flags);
    }
    if (opened < 0) {
      throw Linux.failure(linux.error(), path.bytes());
    }
    return opened;
  }

  private List<Listed> read(int descriptor, TreePath path) throws IOException {
    List<Listed> names = new ArrayList<>();
    byte[] block = new byte[LIST_BYTES];
    while (true) {
      long count = linux.calls().getdents64(descriptor, block, block.length);
      if (count < 0) {
        throw Linux.failure(linux.error(), path.bytes());
      }
      if (count == 0) {
        return names;
      }
      Dirents.decode(block, (int) count, names);
    }
  }

  @Override
  public byte[] linkTarget(TreePath path) throws IOException {
    try (Descriptors.Lease parent = parent(path)) {
      for (int size = 4096; size <= MAX_TARGET_BYTES; size *= 4) {
        byte[] target = new byte[size];
        long count =
            linux.calls().readlinkat(parent.descriptor(), nameIn(path), target, target.length);
        if (count < 0) {
          throw Linux.failure(linux.error(), path.bytes());
        }
        if (count < target.length) {
          return Arrays.copyOf(target, (int) count);
        }
      }
      throw new FileSystemException(path.toString(), null, "a link's target without end");
    }
  }

  @Override
  public SortedMap<Name, byte[]> attributes(TreePath path) throws IOException {
    try (Descriptors.Lease parent = parent(path)) {
      byte[] there = throughProc(parent.descriptor(), path);
      byte[] list = names(there, path);
      SortedMap<Name, byte[]> attributes = new TreeMap<>();
      int start = 0;
      for (int i = 0; i < list.length; i++) {
        if (list[i] == 0) {
          Name name = Name.of(list, start, i - start);
          value(there, name, path).ifPresent(value -> attributes.put(name, value));
          start = i + 1;
        }
      }
      return Collections.unmodifiableSortedMap(attributes);
    }
  }

  /** The calls for attributes take paths only; proc(5) makes one that begins at a descriptor. */
  private static byte[] throughProc(int directory, TreePath path) {
    byte[] start = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
    byte[] name = nameIn(path);
    byte[] whole = Arrays.copyOf(start, start.length + name.length);
    System.arraycopy(name, 0, whole, start.length, name.length);
    return whole;
  }

  private byte[] names(byte[] there, TreePath path) throws IOException {
    byte[] list = new byte[FIRST_ATTRIBUTE_BYTES];
    long count = linux.calls().llistxattr(there, list, list.length);
    if (count < 0 && linux.error() == Linux.ERANGE) {
      list = new byte[MAX_ATTRIBUTE_BYTES];
      count = linux.calls().llistxattr(there, list, list.length);
    }
    if (count < 0) {
      int error = linux.error();
      if (error == Linux.ENOTSUP) {
        return new byte[0];
      }
      throw Linux.failure(error, path.bytes());
    }
    return Arrays.copyOf(list, (int) count);
  }

  /** The value; an attribute that may be seen and not read is a finding. */
  private Optional<byte[]> value(byte[] there, Name name, TreePath path) throws IOException {
    byte[] value = new byte[FIRST_ATTRIBUTE_BYTES];
    byte[] named = Linux.string(name.bytes());
    long count = linux.calls().lgetxattr(there, named, value, value.length);
    if (count < 0 && linux.error() == Linux.ERANGE) {
      value = new byte[MAX_ATTRIBUTE_BYTES];
      count = linux.calls().lgetxattr(there, named, value, value.length);
    }
    if (count >= 0) {
      return Optional.of(Arrays.copyOf(value, (int) count));
    }
    int error = linux.error();
    if (error == Linux.EACCES || error == Linux.EPERM || error == Linux.ENOTSUP) {
      String what = "the attribute " + name + " of " + path + " may not be read";
      log.add(Finding.missing(origin.child(path.toString()), what));
    } else if (error != Linux.ENODATA) {
      String what = "the attribute " + name + " of " + path + " cannot be read: error " + error;
      log.add(new Finding(Severity.DAMAGE, what, origin.child(path.toString()), null, null, null));
    }
    return Optional.empty();
  }

  @Override
  public ByteSource content(TreePath path, Stat stat, Origin at) {
    return new HostFile(this, path, stat, at);
  }

  /** The file's descriptor, of the very file that the node was made of. */
  Descriptors.Lease file(HostFile file) throws IOException {
    return files.lease(file, () -> openFile(file));
  }

  private int openFile(HostFile file) throws IOException {
    try (Descriptors.Lease parent = parent(file.path())) {
      int opened = open(parent.descriptor(), nameIn(file.path()), OPEN_CONTENT, file.path());
      Stat now = null;
      try {
        now = stat(opened, new byte[] {0}, Linux.AT_EMPTY_PATH, file.path());
      } finally {
        if (!isSame(now, file)) {
          linux.calls().close(opened);
        }
      }
      if (!isSame(now, file)) {
        throw new CorruptDataException(file.origin(), 0, "another file took its place meanwhile");
      }
      return opened;
    }
  }

  private static boolean isSame(@Nullable Stat now, HostFile file) {
    return now != null && now.meta().isFile() && now.identity().equals(file.stat().identity());
  }

  Linux linux() {
    return linux;
  }

  @Override
  public void close() {
    files.close();
    directories.close();
    linux.calls().close(root);
  }
}
