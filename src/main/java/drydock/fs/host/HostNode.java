package drydock.fs.host;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A node of a {@link HostTree}, as it was when it was looked at. */
final class HostNode implements Node {
  private final HostTree tree;
  private final Host host;
  private final TreePath path;
  private final Host.Stat stat;
  private final Origin origin;

  HostNode(HostTree tree, Host host, TreePath path, Host.Stat stat, Origin origin) {
    this.tree = tree;
    this.host = host;
    this.path = path;
    this.stat = stat;
    this.origin = origin;
  }

  @Override
  public FileMeta meta() {
    return stat.meta();
  }

  private void checkDirectory() throws NotDirectoryException {
    if (!meta().isDirectory()) {
      throw new NotDirectoryException(path.toString());
    }
  }

  @Override
  public List<Entry> list() throws IOException {
    checkDirectory();
    List<Entry> entries = new ArrayList<>();
    for (Host.Listed listed : host.list(path)) {
      TreePath child = path.child(listed.name());
      entries.add(new Entry(listed.name(), listed.inode(), listed.type(), () -> tree.node(child)));
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public Optional<Entry> child(Name name) throws IOException {
    checkDirectory();
    if (!isPlain(name)) {
      return Optional.empty();
    }
    try {
      Node node = tree.node(path.child(name));
      FileMeta meta = node.meta();
      return Optional.of(new Entry(name, meta.inode(), meta.type(), () -> node));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether the operating system would take it as one name in this directory. */
  private static boolean isPlain(Name name) {
    for (byte b : name.bytes()) {
      if (b == '/' || b == 0) {
        return false;
      }
    }
    return name.length() > 0 && !name.isDotOrDotDot();
  }

  @Override
  public ByteSource content() throws IOException {
    if (meta().isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    return meta().isFile()
        ? host.content(path, stat, origin)
        : new ArraySource(new byte[0], origin);
  }

  @Override
  public byte[] linkTarget() throws IOException {
    return meta().isSymlink() ? host.linkTarget(path) : new byte[0];
  }

  @Override
  public SortedMap<Name, byte[]> attributes() throws IOException {
    return host.attributes(path);
  }

  @Override
  public Object identity() {
    return stat.identity();
  }

  @Override
  public Origin origin() {
    return origin;
  }
}
