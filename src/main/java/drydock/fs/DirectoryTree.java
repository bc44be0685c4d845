package drydock.fs;

import drydock.bytes.Origin;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/** A directory of a tree as a tree of its own. Safe from many threads. */
public final class DirectoryTree implements FileTree {
  private final Node directory;

  public DirectoryTree(Node directory) {
    this.directory = directory;
  }

  @Override
  public Node root() {
    return directory;
  }

  @Override
  public FileSystemInfo info() {
    return new FileSystemInfo("directory", null, null, null, null, null, Map.of());
  }

  @Override
  public Node node(long inode) throws NoSuchFileException {
    throw new NoSuchFileException("inode " + inode + ": a directory has no inodes of its own");
  }

  @Override
  public Origin origin() {
    return directory.origin();
  }
}
