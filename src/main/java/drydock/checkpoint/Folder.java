package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A directory that no archive has: the parts of a checkpoint that lie in several places, as in the
 * blobs of an image, under the names that engines give them in archives. Safe from many threads.
 */
final class Folder implements Node {
  private static final int PERMISSIONS = 0700;

  private final SortedMap<Name, Node> parts;
  private final Origin origin;

  Folder(Map<Name, Node> parts, Origin origin) {
    this.parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    this.origin = origin;
  }

  /** What two directories have; of a name that both have, the first one's. */
  static Folder joined(Node one, Node other) throws IOException {
    Map<Name, Node> parts = new TreeMap<>();
    for (Node each : List.of(other, one)) {
      for (Entry entry : each.list()) {
        parts.put(entry.name(), entry.node());
      }
    }
    return new Folder(parts, one.origin());
  }

  /** A file of these bytes. */
  static Node file(ByteSource content) {
    return new Part(content);
  }

  @Override
  public FileMeta meta() {
    return meta(NodeType.DIRECTORY, 0);
  }

  private static FileMeta meta(NodeType type, long size) {
    return new FileMeta(0, type, PERMISSIONS, 0, 0, size, 1, null, FileTimes.NONE);
  }

  @Override
  public List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<Name, Node> each : parts.entrySet()) {
      Node node = each.getValue();
      entries.add(new Entry(each.getKey(), 0, node.meta().type(), () -> node));
    }
    return entries;
  }

  @Override
  public ByteSource content() throws IOException {
    throw new FileSystemException(origin.toString(), null, "is a directory");
  }

  @Override
  public byte[] linkTarget() {
    return new byte[0];
  }

  @Override
  public SortedMap<Name, byte[]> attributes() {
    return Collections.emptySortedMap();
  }

  @Override
  public Object identity() {
    return origin;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  /** A file of which nothing is known but its bytes. */
  private record Part(ByteSource content) implements Node {
    @Override
    public FileMeta meta() {
      return Folder.meta(NodeType.FILE, content.size());
    }

    @Override
    public List<Entry> list() throws NotDirectoryException {
      throw new NotDirectoryException(origin().toString());
    }

    @Override
    public byte[] linkTarget() {
      return new byte[0];
    }

    @Override
    public SortedMap<Name, byte[]> attributes() {
      return Collections.emptySortedMap();
    }

    @Override
    public Object identity() {
      return origin();
    }

    @Override
    public Origin origin() {
      return content.origin();
    }
  }
}
