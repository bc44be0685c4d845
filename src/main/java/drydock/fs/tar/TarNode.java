package drydock.fs.tar;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.EntryList;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A file of an archive. Filled by {@link TarIndex}, and does not change once that is done. */
final class TarNode implements Node {
  private final ByteSource archive;
  private final int number;
  private NodeType type = NodeType.DIRECTORY;
  private @Nullable TarEntry entry;
  private int links = 1;

  /** Of a directory; null as long as it has none. */
  private @Nullable Map<Name, TarNode> children;

  private Name @Nullable [] sorted;

  /** The content of a small file of a packed archive, while there is room for it. */
  private @Nullable SoftReference<byte[]> kept;

  /** A directory that no entry tells of. */
  TarNode(ByteSource archive, int number) {
    this.archive = archive;
    this.number = number;
  }

  TarNode(ByteSource archive, int number, TarEntry entry) {
    this(archive, number);
    describe(entry);
  }

  void describe(TarEntry told) {
    entry = told;
    type = told.kind().type();
  }

  void keep(byte[] content) {
    kept = new SoftReference<>(content);
  }

  /** Whether no entry tells of it. */
  boolean isImplied() {
    return entry == null;
  }

  NodeType type() {
    return type;
  }

  void link() {
    links++;
  }

  void unlink() {
    links--;
  }

  @Nullable TarNode at(Name name) {
    return children == null ? null : children.get(name);
  }

  /** Gives a name to a node; what had it before loses it. */
  void put(Name name, TarNode node) {
    if (children == null) {
      children = new HashMap<>(2);
    }
    children.put(name, node);
  }

  /** Says that nothing more is put into it. */
  void finish() {
    Name[] names = children == null ? new Name[0] : children.keySet().toArray(Name[]::new);
    Arrays.sort(names);
    sorted = names;
  }

  private Map<Name, TarNode> children() {
    return children == null ? Map.of() : children;
  }

  @Override
  public FileMeta meta() {
    TarEntry told = entry;
    if (told == null) {
      return new FileMeta(number, type, 0755, 0, 0, 0, links, null, FileTimes.NONE);
    }
    return new FileMeta(
        number,
        type,
        told.permissions(),
        told.uid() & 0xffff_ffffL,
        told.gid() & 0xffff_ffffL,
        type == NodeType.SYMLINK ? told.target().length : told.size(),
        links,
        type.isDevice() ? told.device() : null,
        new FileTimes(told.modified(), told.accessed(), told.changed(), null, null));
  }

  @Override
  public List<Entry> list() throws IOException {
    requireDirectory();
    Name[] names = sorted == null ? new Name[0] : sorted;
    return EntryList.of(names.length, index -> entry(names[index]));
  }

  private Entry entry(Name name) {
    TarNode node = children().get(name);
    if (node == null) {
      throw new IllegalStateException("a name without a node: " + name);
    }
    return new Entry(name, node.number, node.type, () -> node);
  }

  @Override
  public Optional<Entry> child(Name name) throws IOException {
    requireDirectory();
    return at(name) == null ? Optional.empty() : Optional.of(entry(name));
  }

  private void requireDirectory() throws NotDirectoryException {
    if (type != NodeType.DIRECTORY) {
      throw new NotDirectoryException(origin().toString());
    }
  }

  @Override
  public ByteSource content() throws IOException {
    if (type == NodeType.DIRECTORY) {
      throw new IOException(origin() + ": is a directory");
    }
    TarEntry told = entry;
    if (type != NodeType.FILE || told == null) {
      return new ArraySource(new byte[0], origin());
    }
    byte[] content = kept == null ? null : kept.get();
    if (content != null) {
      return new ArraySource(content, origin());
    }
    return TarContent.of(archive, told, origin());
  }

  @Override
  public byte[] linkTarget() {
    return entry == null || type != NodeType.SYMLINK ? new byte[0] : entry.target();
  }

  @Override
  public SortedMap<Name, byte[]> attributes() {
    return entry == null ? Collections.emptySortedMap() : entry.attributes();
  }

  @Override
  public Origin origin() {
    if (number == 1) {
      return archive.origin();
    }
    return archive
        .origin()
        .child(entry == null ? "directory without an entry" : "tar header at " + entry.offset());
  }
}
