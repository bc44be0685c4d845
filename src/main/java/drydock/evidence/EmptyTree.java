package drydock.evidence;

import drydock.bytes.Origin;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.MountPoint;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/**
 * A root directory with nothing in it: what a node's partitions are put on when its root cannot be
 * read.
 */
record EmptyTree(Origin origin) implements FileTree {
  @Override
  public Node root() {
    return new MountPoint(TreePath.ROOT, origin);
  }

  @Override
  public FileSystemInfo info() {
    return new FileSystemInfo("none", null, null, null, null, null, Map.of());
  }

  @Override
  public Node node(long inode) throws NoSuchFileException {
    throw new NoSuchFileException("inode " + inode, null, "there is no root file system");
  }
}
