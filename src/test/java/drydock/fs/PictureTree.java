package drydock.fs;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tree in memory, made from {@link Picture}s. Inodes are numbered from 2 on in the order of
 * writing.
 */
public final class PictureTree implements FileTree {
  private static final int FIRST_INODE = 2;

  private final String label;
  private final Map<Long, PictureNode> nodes = new HashMap<>();
  private final PictureNode root;
  private int listings;

  private PictureTree(String label, Picture... below) {
    this.label = label;
    this.root = make(Picture.dir("", below));
    connect();
  }

  public static PictureTree of(Picture... below) {
    return new PictureTree("picture", below);
  }

  public static PictureTree labelled(String label, Picture... below) {
    return new PictureTree(label, below);
  }

  /** A tree whose root is itself drawn, with attributes for example. */
  public static PictureTree ofRoot(Picture root) {
    PictureTree tree = new PictureTree("picture");
    tree.nodes.clear();
    PictureNode drawn = tree.make(root);
    tree.root.adopt(drawn);
    tree.nodes.put((long) FIRST_INODE, tree.root);
    tree.connect();
    return tree;
  }

  /** Says that a file is so long; behind the bytes that were drawn it is a hole. */
  public PictureTree stretch(String path, long size) throws IOException {
    ((PictureNode) new Lookup(this).findNoFollow(path).node()).stretched = size;
    return this;
  }

  /** Makes a directory contain itself under one more name, as no sound file system does. */
  public PictureTree loop(String directory, String name) throws IOException {
    PictureNode at = (PictureNode) new Lookup(this).find(directory).node();
    at.names.put(Name.of(name), at);
    return this;
  }

  /** Gives a node one more name in another directory. */
  public PictureTree alias(String directory, String name, String target) throws IOException {
    PictureNode at = (PictureNode) new Lookup(this).find(directory).node();
    at.names.put(Name.of(name), (PictureNode) new Lookup(this).find(target).node());
    return this;
  }

  /** How often {@link Node#list()} was called on nodes of this tree. */
  public int listings() {
    return listings;
  }

  private PictureNode make(Picture picture) {
    PictureNode node = new PictureNode(FIRST_INODE + nodes.size(), picture);
    nodes.put(node.inode, node);
    for (Picture below : picture.below()) {
      node.names.put(below.name(), make(below));
    }
    return node;
  }

  private void connect() {
    for (PictureNode node : List.copyOf(nodes.values())) {
      for (Map.Entry<Name, PictureNode> entry : node.names.entrySet()) {
        String same = entry.getValue().picture.sameAs();
        if (same != null) {
          entry.setValue(walk(same));
        }
      }
    }
    nodes.values().forEach(node -> node.links = 0);
    nodes.values().forEach(node -> node.names.values().forEach(below -> below.links++));
  }

  private PictureNode walk(String path) {
    PictureNode at = root;
    for (Name name : TreePath.of(path).names()) {
      at = at.names.get(name);
    }
    return at;
  }

  @Override
  public PictureNode root() {
    return root;
  }

  @Override
  public FileSystemInfo info() {
    return new FileSystemInfo("picture", label, null, null, null, null, Map.of());
  }

  @Override
  public Node node(long inode) throws IOException {
    PictureNode node = nodes.get(inode);
    if (node == null) {
      throw new NoSuchFileException("inode " + inode);
    }
    return node;
  }

  @Override
  public Origin origin() {
    return Origin.of(label);
  }

  /** Some bytes, and a hole behind them. */
  private record Stretched(ByteSource data, long size) implements ByteSource {
    @Override
    public Origin origin() {
      return data.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      checkRange(position, length);
      Arrays.fill(into, offset, offset + length, (byte) 0);
      int drawn = (int) Math.max(0, Math.min(length, data.size() - position));
      data.read(Math.min(position, data.size()), into, offset, drawn);
    }

    @Override
    public long nextData(long position) {
      return position < data.size() ? position : size;
    }

    @Override
    public long nextHole(long position) {
      return Math.max(position, Math.min(data.size(), size));
    }
  }

  /** A node in memory. */
  public final class PictureNode implements Node {
    private final long inode;
    private Picture picture;
    private SortedMap<Name, PictureNode> names = new TreeMap<>();
    private long links;
    private long stretched;
    private long subdirectories = -1;

    private PictureNode(long inode, Picture picture) {
      this.inode = inode;
      this.picture = picture;
    }

    private void adopt(PictureNode other) {
      picture = other.picture;
      names = other.names;
      subdirectories = -1;
    }

    private void check() throws IOException {
      if (picture.broken()) {
        throw new CorruptDataException(origin(), 0, "a broken picture");
      }
    }

    @Override
    public FileMeta meta() throws IOException {
      check();
      boolean directory = picture.type() == NodeType.DIRECTORY;
      if (subdirectories < 0) {
        subdirectories =
            names.values().stream().filter(n -> n.picture.type() == NodeType.DIRECTORY).count();
      }
      return new FileMeta(
          inode,
          picture.type(),
          picture.permissions(),
          picture.uid(),
          picture.gid(),
          directory ? 4096 : Math.max(stretched, picture.bytes().length),
          directory ? 2 + subdirectories : links,
          picture.device(),
          picture.times());
    }

    @Override
    public List<Entry> list() throws IOException {
      check();
      if (picture.type() != NodeType.DIRECTORY) {
        throw new NotDirectoryException(picture.name().toString());
      }
      listings++;
      List<Entry> entries = new ArrayList<>();
      names.forEach((name, node) -> entries.add(entry(name, node)));
      return entries;
    }

    private Entry entry(Name name, PictureNode node) {
      return new Entry(
          name,
          node.inode,
          node.picture.type(),
          () -> {
            node.check();
            return node;
          });
    }

    @Override
    public java.util.Optional<Entry> child(Name name) throws IOException {
      check();
      return java.util.Optional.ofNullable(names.get(name)).map(node -> entry(name, node));
    }

    @Override
    public ByteSource content() throws IOException {
      if (picture.type() == NodeType.DIRECTORY) {
        throw new FileSystemException(picture.name().toString(), null, "is a directory");
      }
      boolean file = picture.type() == NodeType.FILE;
      if (file && stretched > 0) {
        return new Stretched(new ArraySource(picture.bytes(), origin()), stretched);
      }
      return new ArraySource(file ? picture.bytes() : new byte[0], origin());
    }

    @Override
    public byte[] linkTarget() {
      return picture.type() == NodeType.SYMLINK ? picture.bytes() : new byte[0];
    }

    @Override
    public SortedMap<Name, byte[]> attributes() {
      return Collections.unmodifiableSortedMap(picture.attributes());
    }

    @Override
    public Origin origin() {
      return Origin.of(label).child("inode " + inode);
    }
  }
}
