package drydock.fs;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An empty directory that no file system has: it is there because something is mounted below it.
 */
public record MountPoint(TreePath path, Origin origin) implements Node {
  private static final int PERMISSIONS = 0755;

  @Override
  public FileMeta meta() {
    return new FileMeta(0, NodeType.DIRECTORY, PERMISSIONS, 0, 0, 0, 1, null, FileTimes.NONE);
  }

  @Override
  public List<Entry> list() {
    return List.of();
  }

  @Override
  public ByteSource content() throws IOException {
    throw new FileSystemException(path.toString(), null, "is a directory");
  }

  @Override
  public byte[] linkTarget() {
    return new byte[0];
  }

  @Override
  public SortedMap<Name, byte[]> attributes() {
    return Collections.unmodifiableSortedMap(new TreeMap<>());
  }

  /** The path: a mount point has no inode. */
  @Override
  public Object identity() {
    return path;
  }
}
