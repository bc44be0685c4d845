package drydock.evidence;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTimes;
import drydock.fs.FileTree;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A root directory with nothing in it: what a node's partitions are put on when its root cannot be
 * read.
 */
record EmptyTree(Origin origin) implements FileTree {
  private static final int PERMISSIONS = 0755;

  @Override
  public Node root() {
    return new Root(origin);
  }

  @Override
  public FileSystemInfo info() {
    return new FileSystemInfo("none", null, null, null, null, null, Map.of());
  }

  @Override
  public Node node(long inode) throws NoSuchFileException {
    throw new NoSuchFileException("inode " + inode, null, "there is no root file system");
  }

  private record Root(Origin origin) implements Node {
    @Override
    public FileMeta meta() {
      return new FileMeta(0, NodeType.DIRECTORY, PERMISSIONS, 0, 0, 0, 1, null, FileTimes.NONE);
    }

    @Override
    public List<Entry> list() {
      return List.of();
    }

    @Override
    public ByteSource content() {
      return new ArraySource(new byte[0], origin);
    }

    @Override
    public byte[] linkTarget() {
      return new byte[0];
    }

    @Override
    public SortedMap<Name, byte[]> attributes() {
      return Collections.unmodifiableSortedMap(new TreeMap<>());
    }
  }
}
