package drydock.fs;

import drydock.bytes.Origin;
import java.io.Closeable;
import java.io.IOException;

/** A file system, archive, directory or merged overlay, seen as nodes. Safe from many threads. */
public interface FileTree {
  Node root() throws IOException;

  FileSystemInfo info();

  /**
   * The node of an inode number of this tree, whether or not a name leads to it.
   *
   * @throws java.nio.file.NoSuchFileException when the tree has no such inode or cannot look one up
   */
  Node node(long inode) throws IOException;

  /**
   * Shows the deleted files whose inodes are still there, by inode number; none where the file
   * system keeps nothing of them.
   */
  default void deletedFiles(DeletedFile.Visitor visitor) throws IOException {}

  /** {@link Node#walking} of the whole tree. */
  default Closeable walking() {
    return () -> {};
  }

  Origin origin();

  /**
   * Where what lies at a path comes from, or would if it were there.
   *
   * @param path free of links
   */
  default Origin originAt(TreePath path) {
    return origin().child(path.toString());
  }
}
