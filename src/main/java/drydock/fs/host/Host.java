package drydock.fs.host;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the operating system. Paths count from the directory that is the evidence; no
 * symlink in them is ever followed. Safe from many threads.
 */
interface Host extends Closeable {
  /** What the operating system says of a node, and what it tells it from all others by. */
  record Stat(FileMeta meta, Object identity) {}

  /** A name in a directory; the type is null when the directory does not say. */
  record Listed(Name name, long inode, @Nullable NodeType type) {}

  /**
   * Of the node at the path itself.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  Stat stat(TreePath path) throws IOException;

  /** The names in a directory, in no order, without {@code .} and {@code ..}. */
  List<Listed> list(TreePath directory) throws IOException;

  byte[] linkTarget(TreePath path) throws IOException;

  SortedMap<Name, byte[]> attributes(TreePath path) throws IOException;

  /** The content of what was a regular file when it was looked at; it is checked again. */
  ByteSource content(TreePath path, Stat stat, Origin origin) throws IOException;
}
