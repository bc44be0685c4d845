package drydock.export.folder;

import drydock.export.ExportedFile;
import drydock.export.PartialFile;
import drydock.export.TreeSink;
import drydock.fs.Device;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a directory of the examiner's machine. No name of the evidence and no link that was
 * written before can lead out of it: each name is looked up in its open directory, and none is
 * followed.
 *
 * <p>A name that the target does not take, or takes for another one (case), gets a {@code ~} and a
 * number behind it. What may not be set is told for each file.
 */
public final class FolderSink implements TreeSink {
  private static final int OPEN_DIRECTORY =
      Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC;

  private static final int NEW_FILE =
      Kernel.O_WRONLY | Kernel.O_CREAT | Kernel.O_EXCL | Kernel.O_NOFOLLOW | Kernel.O_CLOEXEC;

  private static final int OWNER_ALL = 0700;
  private static final int OWNER_WRITES = 0600;
  private static final int MOST_OPEN = 200;
  private static final int MOST_OTHER_NAMES = 1000;
  private static final int LONGEST_NAME = 240;

  /** Makes something in an open directory under a name; an error number, or 0. */
  @FunctionalInterface
  private interface Making {
    int under(int directory, Name name);
  }

  private final Path target;
  private final Path partial;
  private final Kernel kernel;
  private final Calls calls;
  private final Metadata metadata;
  private final boolean mayAll;
  private final int top;
  private final List<Directory> open = new ArrayList<>();
  private final List<Directory> late = new ArrayList<>();
  private final Map<TreePath, Name> renamed = new HashMap<>();
  private int file = -1;
  private Name fileName = Name.of("");
  private @Nullable ExportedFile begun;
  private List<Data> data = List.of();
  private int stretch;
  private long position;
  private List<String> told = new ArrayList<>();
  private boolean finished;

  private FolderSink(Path target, Path partial, Kernel kernel, int top) {
    this.target = target;
    this.partial = partial;
    this.kernel = kernel;
    this.calls = kernel.calls();
    this.metadata = new Metadata(kernel);
    this.mayAll = calls.geteuid() == 0;
    this.top = top;
  }

  /**
   * Begins a directory; it has the name {@code DIR.partial} until it is whole.
   *
   * @throws java.nio.file.FileAlreadyExistsException when either is there
   */
  public static FolderSink create(Path target) throws IOException {
    Path partial = PartialFile.partialOf(target);
    PartialFile.refuseExisting(target);
    PartialFile.refuseExisting(partial);
    Kernel kernel = new Kernel();
    Files.createDirectory(partial);
    byte[] path =
        Kernel.string(partial.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
    int top = kernel.calls().openat(Kernel.AT_FDCWD, path, OPEN_DIRECTORY, 0);
    if (top < 0) {
      IOException failure = Kernel.failure(partial.toString(), kernel.error());
      Files.delete(partial);
      throw failure;
    }
    return new FolderSink(target, partial, kernel, top);
  }

  @Override
  public List<String> add(ExportedFile added) throws IOException {
    told = new ArrayList<>();
    TreePath path = added.path();
    if (path.isRoot()) {
      Name own = Name.of(".");
      open.add(new Directory(path, top, own, added));
      return metadata.begin(top, own, added);
    }
    int directory = enter(path);
    try {
      if (added.linkOf() != null) {
        link(directory, added, added.linkOf());
      } else if (added.meta().isDirectory()) {
        directory(directory, added);
      } else {
        other(directory, added);
      }
      return told;
    } finally {
      leave(directory, path.depth() - 1);
    }
  }

  private void directory(int parent, ExportedFile added) throws IOException {
    Name name =
        make(parent, added, (in, as) -> failed(calls.mkdirat(in, Kernel.string(as), OWNER_ALL)));
    int depth = added.path().depth();
    int descriptor = -1;
    if (depth < MOST_OPEN) {
      descriptor = openDirectory(parent, name, added.path());
    }
    told.addAll(metadata.begin(parent, name, added));
    open.add(new Directory(added.path(), descriptor, name, added));
  }

  private void other(int directory, ExportedFile added) throws IOException {
    FileMeta meta = added.meta();
    Device device = meta.device() == null ? Device.ZERO : meta.device();
    byte[] link = Kernel.string(added.target());
    Making making =
        switch (meta.type()) {
          case SYMLINK -> (in, as) -> failed(calls.symlinkat(link, in, Kernel.string(as)));
          case FIFO -> (in, as) -> failed(calls.mkfifoat(in, Kernel.string(as), OWNER_WRITES));
          case SOCKET -> (in, as) -> special(in, as, Kernel.S_IFSOCK, Device.ZERO);
          case CHARACTER -> (in, as) -> special(in, as, Kernel.S_IFCHR, device);
          case BLOCK -> (in, as) -> special(in, as, Kernel.S_IFBLK, device);
          case FILE, DIRECTORY, UNKNOWN -> throw new IllegalArgumentException(meta.type().label());
        };
    Name name;
    try {
      name = make(directory, added, making);
    } catch (Refused e) {
      told.add(LEFT_OUT + Kernel.words(e.error));
      return;
    }
    told.addAll(metadata.set(directory, name, added));
  }

  /** Something that the system does not let the examiner make. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int error;

    Refused(TreePath path, int error) {
      super(path + ": " + Kernel.words(error));
      this.error = error;
    }
  }

  private int special(int directory, Name name, int type, Device device) {
    byte[] as = Kernel.string(name);
    try {
      return failed(calls.mknodat(directory, as, type | OWNER_WRITES, number(device)));
    } catch (UnsatisfiedLinkError e) {
      return Kernel.ENOSYS; // a C library before glibc 2.33 has it under no name
    }
  }

  /** A device's number as the C library packs it (glibc {@code bits/sysmacros.h}). */
  static long number(Device device) {
    long major = device.major();
    long minor = device.minor();
    return (major & 0xfffL) << 8
        | (major & 0xfffff000L) << 32
        | minor & 0xffL
        | (minor & 0xffffff00L) << 12;
  }

  private void link(int directory, ExportedFile added, TreePath first) throws IOException {
    int from = descend(first);
    try {
      byte[] name = Kernel.string(nameOf(first));
      make(
          directory, added, (in, as) -> failed(calls.linkat(from, name, in, Kernel.string(as), 0)));
    } catch (Refused e) {
      // the target has no such links, or the first name is none that could be made
      told.add(LEFT_OUT + "no link to " + first + ": " + Kernel.words(e.error));
    } finally {
      leave(from, -1);
    }
  }

  @Override
  public List<String> beginFile(ExportedFile added, List<Data> stretches) throws IOException {
    told = new ArrayList<>();
    TreePath path = added.path();
    int directory = enter(path);
    try {
      int[] made = {-1};
      fileName =
          make(
              directory,
              added,
              (in, as) -> {
                made[0] = calls.openat(in, Kernel.string(as), NEW_FILE, OWNER_WRITES);
                return made[0] < 0 ? kernel.error() : 0;
              });
      file = made[0];
    } finally {
      leave(directory, path.depth() - 1);
    }
    begun = added;
    data = stretches;
    stretch = 0;
    position = stretches.isEmpty() ? 0 : stretches.get(0).position();
    return told;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      Data at = data.get(stretch);
      if (position == at.end()) {
        stretch++;
        position = data.get(stretch).position();
        continue;
      }
      int count = (int) Math.min(length - done, at.end() - position);
      writeAt(bytes, offset + done, count);
      done += count;
    }
  }

  private void writeAt(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int from = offset + done;
      byte[] piece = from == 0 ? bytes : Arrays.copyOfRange(bytes, from, from + length - done);
      long count = calls.pwrite(file, piece, length - done, position);
      if (count < 0 && Kernel.isInterrupted(kernel.error())) {
        continue;
      }
      if (count <= 0) {
        throw Kernel.failure(partial.toString(), kernel.error());
      }
      done += (int) count;
      position += count;
    }
  }

  @Override
  public void endFile() throws IOException {
    ExportedFile ended = begun;
    if (ended == null) {
      throw new IllegalStateException("no file was begun");
    }
    begun = null;
    boolean sized = calls.ftruncate(file, ended.meta().size()) == 0;
    int error = sized ? 0 : kernel.error();
    calls.close(file);
    file = -1;
    if (!sized && Kernel.isFull(error)) {
      throw Kernel.failure(ended.path().toString(), error);
    }
    if (!sized) {
      told.add("size: " + Kernel.words(error));
    }
    int directory = enter(ended.path());
    try {
      told.addAll(metadata.set(directory, fileName, ended));
    } finally {
      leave(directory, ended.path().depth() - 1);
    }
  }

  /** Makes a node under its name, or under another one where the target refuses that. */
  private Name make(int directory, ExportedFile added, Making making) throws IOException {
    Name own = added.path().name();
    Name name = own;
    int error = making.under(directory, name);
    for (int i = 2; Kernel.isNameRefused(error) && i < MOST_OTHER_NAMES; i++) {
      name = other(own, i);
      error = making.under(directory, name);
    }
    if (error != 0 && (Kernel.isFull(error) || added.meta().isDirectory() || isContent(added))) {
      throw Kernel.failure(added.path().toString(), error);
    }
    if (error != 0) {
      throw new Refused(added.path(), error);
    }
    if (!name.equals(own)) {
      renamed.put(added.path(), name);
      told.add("name: it is called " + name + " here, for the target does not take its own");
    }
    return name;
  }

  private static boolean isContent(ExportedFile added) {
    return added.meta().type() == NodeType.FILE && added.linkOf() == null;
  }

  private static Name other(Name own, int number) {
    byte[] start = Arrays.copyOf(own.bytes(), Math.min(own.length(), LONGEST_NAME));
    byte[] end = ("~" + number).getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, all, start.length, end.length);
    return Name.of(all);
  }

  private int failed(int result) {
    return result == 0 ? 0 : kernel.error();
  }

  private Name nameOf(TreePath path) {
    return renamed.isEmpty() ? path.name() : renamed.getOrDefault(path, path.name());
  }

  /** The open directory of a path, those that the walk has left closed and complete. */
  private int enter(TreePath path) throws IOException {
    int depth = path.depth();
    while (open.size() > depth) {
      complete(open.remove(open.size() - 1));
    }
    Directory parent = open.get(depth - 1);
    return parent.descriptor() >= 0 ? parent.descriptor() : descend(path);
  }

  /** Opens the directory of a path anew, name by name. */
  private int descend(TreePath path) throws IOException {
    int at = top;
    TreePath reached = TreePath.ROOT;
    List<Name> names = path.names();
    for (Name each : names.subList(0, names.size() - 1)) {
      reached = reached.child(each);
      int next = openDirectory(at, nameOf(reached), reached);
      leave(at, -1);
      at = next;
    }
    return at;
  }

  private int openDirectory(int in, Name name, TreePath path) throws IOException {
    int descriptor = calls.openat(in, Kernel.string(name), OPEN_DIRECTORY, 0);
    if (descriptor < 0) {
      throw Kernel.failure(path.toString(), kernel.error());
    }
    return descriptor;
  }

  /** Closes a descriptor that is not kept for a directory of that depth. */
  private void leave(int descriptor, int depth) {
    boolean kept =
        descriptor == top
            || (depth >= 0 && depth < open.size() && open.get(depth).descriptor() == descriptor);
    if (!kept) {
      calls.close(descriptor);
    }
  }

  /** All that is in a directory is there: it gets its own metadata. */
  private void complete(Directory directory) throws IOException {
    if (directory.descriptor() >= 0 && directory.descriptor() != top) {
      calls.close(directory.descriptor());
    }
    boolean closed = (directory.file().meta().permissions() & OWNER_ALL) != OWNER_ALL;
    if (closed && !mayAll) {
      late.add(directory); // links to what is in it may have to be made still
      return;
    }
    TreePath path = directory.path();
    int parent = path.isRoot() ? top : enter(path);
    try {
      metadata.end(parent, directory.name(), directory.file());
    } finally {
      leave(parent, path.depth() - 1);
    }
  }

  private void completeLate(Directory directory) throws IOException {
    TreePath path = directory.path();
    int parent = path.isRoot() ? top : descend(path);
    try {
      metadata.end(parent, directory.name(), directory.file());
    } finally {
      leave(parent, -1);
    }
  }

  @Override
  public void finish() throws IOException {
    while (!open.isEmpty()) {
      complete(open.remove(open.size() - 1));
    }
    for (Directory each : late) {
      completeLate(each);
    }
    PartialFile.refuseExisting(target);
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    calls.close(top);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    if (file >= 0) {
      calls.close(file);
    }
    for (Directory each : open) {
      if (each.descriptor() >= 0 && each.descriptor() != top) {
        calls.close(each.descriptor());
      }
    }
    calls.close(top);
    Files.walkFileTree(partial, new Removal());
  }

  /** Takes away what was written; links are removed and never followed. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
      Files.delete(each);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path each, @Nullable IOException error)
        throws IOException {
      Files.delete(each);
      return FileVisitResult.CONTINUE;
    }
  }
}
