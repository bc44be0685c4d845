package drydock.export.folder;

import drydock.export.ExportedFile;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.NodeType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets what a file has besides its content: owner, attributes, mode, times, in this order. */
final class Metadata {
  private static final int SET_ID = 06000;
  private static final int PERMISSIONS = 07777;
  private static final int OWNER_ALL = 0700;
  private static final Name ACL_DEFAULT = Name.of("system.posix_acl_default");
  private static final long OMIT = (1L << 30) - 2;

  private final Kernel kernel;

  Metadata(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Sets all of it on a name in an open directory, a link itself where it is one.
   *
   * @return what could not be set
   */
  List<String> set(int directory, Name name, ExportedFile file) throws IOException {
    return set(directory, name, file, file.meta().permissions() & PERMISSIONS);
  }

  /**
   * The same of a directory that is to be filled: as much as can be told now, but in such a way
   * that it can be written to, and that what is made in it inherits nothing.
   */
  List<String> begin(int parent, Name name, ExportedFile directory) throws IOException {
    int mode = directory.meta().permissions() & PERMISSIONS & ~SET_ID | OWNER_ALL;
    List<String> notKept = set(parent, name, directory, mode);
    if (directory.attributes().containsKey(ACL_DEFAULT)) {
      kernel.calls().lremovexattr(path(parent, name), Kernel.string(ACL_DEFAULT));
    }
    return notKept;
  }

  /** What was not set by {@link #begin}; that it cannot be was told then. */
  void end(int parent, Name name, ExportedFile directory) throws IOException {
    byte[] acl = directory.attributes().get(ACL_DEFAULT);
    if (acl != null) {
      byte[] key = Kernel.string(ACL_DEFAULT);
      kernel.calls().lsetxattr(path(parent, name), key, acl, acl.length, 0);
    }
    int mode = directory.meta().permissions() & PERMISSIONS;
    kernel.calls().fchmodat(parent, Kernel.string(name), mode, 0);
    times(parent, Kernel.string(name), directory, new ArrayList<>());
  }

  private List<String> set(int directory, Name name, ExportedFile file, int mode)
      throws IOException {
    List<String> notKept = new ArrayList<>();
    FileMeta meta = file.meta();
    byte[] at = Kernel.string(name);
    int uid = (int) meta.uid();
    int gid = (int) meta.gid();
    boolean owned =
        kernel.calls().fchownat(directory, at, uid, gid, Kernel.AT_SYMLINK_NOFOLLOW) == 0;
    if (!owned) {
      refused("owner " + meta.uid() + ":" + meta.gid(), file, notKept);
    }
    attributes(directory, name, file, notKept);
    if (!meta.isSymlink()) {
      mode(directory, at, file, owned ? mode : withoutSetId(mode, file, notKept), notKept);
    }
    times(directory, at, file, notKept);
    return notKept;
  }

  /** A program that runs as its owner must not run as the examiner instead. */
  private static int withoutSetId(int mode, ExportedFile file, List<String> notKept) {
    if ((mode & SET_ID) == 0 || file.meta().type() == NodeType.DIRECTORY) {
      return mode;
    }
    notKept.add("set-id bits: not set, as the owner is not");
    return mode & ~SET_ID;
  }

  private void mode(int directory, byte[] at, ExportedFile file, int mode, List<String> notKept)
      throws IOException {
    if (kernel.calls().fchmodat(directory, at, mode, 0) != 0) {
      refused("mode " + Integer.toOctalString(mode), file, notKept);
    }
  }

  /** A path to a name in an open directory, for calls that take no directory. */
  private static byte[] path(int directory, Name name) {
    byte[] start = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(start.length + name.length() + 1)
        .put(start)
        .put(name.bytes())
        .array();
  }

  private void attributes(int directory, Name name, ExportedFile file, List<String> notKept)
      throws IOException {
    if (file.attributes().isEmpty()) {
      return;
    }
    byte[] path = path(directory, name);
    for (Map.Entry<Name, byte[]> each : file.attributes().entrySet()) {
      byte[] value = each.getValue();
      byte[] given = value.length == 0 ? new byte[1] : value;
      byte[] key = Kernel.string(each.getKey());
      if (kernel.calls().lsetxattr(path, key, given, value.length, 0) != 0) {
        refused("attribute " + each.getKey(), file, notKept);
      }
    }
  }

  private void times(int directory, byte[] at, ExportedFile file, List<String> notKept)
      throws IOException {
    ByteBuffer times = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
    put(times, file.meta().times().accessed());
    put(times, file.meta().times().modified());
    int flags = Kernel.AT_SYMLINK_NOFOLLOW;
    if (kernel.calls().utimensat(directory, at, times.array(), flags) != 0) {
      refused("times", file, notKept);
    }
  }

  private static void put(ByteBuffer times, @Nullable Instant time) {
    times.putLong(time == null ? 0 : time.getEpochSecond());
    times.putLong(time == null ? OMIT : time.getNano());
  }

  private void refused(String what, ExportedFile file, List<String> notKept) throws IOException {
    int error = kernel.error();
    if (Kernel.isFull(error) && !what.startsWith("attribute")) {
      throw Kernel.failure(file.path().toString(), error);
    }
    notKept.add(what + ": " + Kernel.words(error));
  }
}
