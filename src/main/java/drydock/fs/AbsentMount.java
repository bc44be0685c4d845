package drydock.fs;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands where something was mounted that the evidence does not have: empty, and it says why.
 * Only its path and type are known; all else of its meta data means nothing.
 *
 * @param path where it was mounted
 * @param type {@link NodeType#DIRECTORY}, or {@link NodeType#FILE} where a file was mounted
 * @param reason why nothing of it is there, in words
 * @param origin where what was mounted would be
 */
public record AbsentMount(TreePath path, NodeType type, String reason, Origin origin)
    implements Node {
  @Override
  public FileMeta meta() {
    return new FileMeta(0, type, 0, 0, 0, 0, 1, null, FileTimes.NONE);
  }

  @Override
  public List<Entry> list() throws IOException {
    if (type != NodeType.DIRECTORY) {
      throw new NotDirectoryException(path.toString());
    }
    return List.of();
  }

  @Override
  public ByteSource content() throws IOException {
    throw new FileSystemException(
        path.toString(), null, type == NodeType.DIRECTORY ? "is a directory" : reason);
  }

  @Override
  public byte[] linkTarget() {
    return new byte[0];
  }

  @Override
  public SortedMap<Name, byte[]> attributes() {
    return Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  /** The path: there is no inode. */
  @Override
  public Object identity() {
    return path;
  }
}
