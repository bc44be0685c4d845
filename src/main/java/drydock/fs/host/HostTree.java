package drydock.fs.host;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A directory of the examiner's machine as a tree. Opened for reading only; access times are left
 * alone where the rights allow it.
 *
 * <p>Works without root as far as the rights go: what may not be read is an error of that node, and
 * that {@code trusted.*} attributes are out of sight is a finding at the start.
 */
public final class HostTree implements FileTree, Closeable {
  private final Path directory;
  private final Host host;
  private final Origin origin;

  HostTree(Path directory, Host host) {
    this.directory = directory;
    this.host = host;
    this.origin = Origin.of(directory.toString());
  }

  /**
   * Opens a directory.
   *
   * @throws NoSuchFileException when there is nothing of that name
   * @throws NotDirectoryException when it is something else
   */
  public static HostTree open(Path directory, FindingLog log) throws IOException {
    Origin origin = Origin.of(directory.toString());
    if (!LinuxHost.isSupported()) {
      return throughJava(directory, "this system is asked through Java only", log);
    }
    HostTree tree;
    try {
      tree = new HostTree(directory, LinuxHost.open(directory, origin, log));
    } catch (LinkageError e) {
      // such as a temporary directory from which no library may be loaded
      return throughJava(directory, "the C library cannot be called, Java is asked", log);
    }
    if (!Rights.seeTrustedAttributes()) {
      String what = "without root, trusted.* attributes (marks of overlay layers) are out of sight";
      log.add(Finding.note(origin, what));
    }
    return tree;
  }

  private static HostTree throughJava(Path directory, String why, FindingLog log)
      throws IOException {
    String what =
        why
            + ": attributes other than user.*, births and names that are not UTF-8 are out of sight";
    log.add(Finding.note(Origin.of(directory.toString()), what));
    return new HostTree(directory, new JavaHost(directory));
  }

  @Override
  public Node root() throws IOException {
    return node(TreePath.ROOT);
  }

  Node node(TreePath path) throws IOException {
    Origin at = path.isRoot() ? origin : origin.child(path.toString());
    return new HostNode(this, host, path, host.stat(path), at);
  }

  @Override
  public FileSystemInfo info() {
    return new FileSystemInfo("directory", null, null, null, null, null, Map.of());
  }

  /** A directory of the host offers no way from a number to a node. */
  @Override
  public Node node(long inode) throws IOException {
    throw new NoSuchFileException(
        "inode " + inode, null, directory + " is a directory: inodes cannot be looked up in it");
  }

  @Override
  public Origin origin() {
    return origin;
  }

  /** Lets go of all descriptors; nothing of the tree may be used after that. */
  @Override
  public void close() throws IOException {
    host.close();
  }
}
