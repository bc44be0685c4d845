package drydock.fs;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A node of a {@link MountedTree}: a node of one of its trees, and what is grafted below it. */
final class MountedNode implements Node {
  private static final MountedTree.Spot NOTHING = new MountedTree.Spot();

  private final MountedTree tree;
  private final int number;
  private final Node node;
  private final MountedTree.Spot spot;
  private final TreePath path;
  private final Object place;

  /**
   * Wraps a node of the tree of that number.
   *
   * @param path where it lies; only meaningful while there are grafts below
   * @param place the spot of the graft that it is reached through, or the tree; compared as an
   *     object
   */
  MountedNode(
      MountedTree tree, int number, Node node, MountedTree.Spot spot, TreePath path, Object place) {
    this.place = place;
    this.tree = tree;
    this.number = number;
    this.node = node;
    this.spot = spot;
    this.path = path;
  }

  @Override
  public FileMeta meta() throws IOException {
    return node.meta();
  }

  @Override
  public List<Entry> list() throws IOException {
    List<Entry> own = node.list();
    if (spot.below.isEmpty()) {
      return EntryList.of(own.size(), index -> wrap(own.get(index)));
    }
    SortedMap<Name, Entry> entries = new TreeMap<>();
    for (Entry entry : own) {
      if (!spot.below.containsKey(entry.name())) {
        entries.put(entry.name(), wrap(entry));
      }
    }
    for (Map.Entry<Name, MountedTree.Spot> below : spot.below.entrySet()) {
      entries.put(below.getKey(), spotted(below.getKey(), below.getValue()));
    }
    return List.copyOf(entries.values());
  }

  @Override
  public List<DeletedName> deletedNames() throws IOException {
    return node.deletedNames();
  }

  @Override
  public List<DeletedName> pastNames() throws IOException {
    return node.pastNames();
  }

  @Override
  public Optional<Entry> child(Name name) throws IOException {
    MountedTree.Spot below = spot.below.get(name);
    if (below != null) {
      return Optional.of(spotted(name, below));
    }
    return node.child(name).map(this::wrap);
  }

  private Entry wrap(Entry entry) {
    return new Entry(entry.name(), entry.inode(), entry.type(), new Wrapped(this, entry));
  }

  /** No lambda: to make one that holds anything is slow, and a walk makes one for each name. */
  private record Wrapped(MountedNode directory, Entry entry) implements Entry.Target {
    @Override
    public Node read() throws IOException {
      return new MountedNode(
          directory.tree, directory.number, entry.node(), NOTHING, TreePath.ROOT, directory.place);
    }
  }

  private Entry spotted(Name name, MountedTree.Spot below) throws IOException {
    TreePath at = path.child(name);
    Node there = below.graft == null ? ownDirectory(name, at) : below.graft.root();
    int owner = below.graft == null ? number : tree.numberOf(below.graft.tree());
    Object through = below.graft == null ? place : below;
    Node mounted = new MountedNode(tree, owner, there, below, at, through);
    FileMeta meta = mounted.meta();
    return new Entry(name, meta.inode(), meta.type(), () -> mounted);
  }

  private Node ownDirectory(Name name, TreePath at) throws IOException {
    Optional<Entry> own = node.child(name);
    if (own.isPresent()) {
      Node there = own.get().node();
      if (there.meta().isDirectory()) {
        return there;
      }
    }
    return new MountPoint(at, tree.origin().child("mount point " + at));
  }

  @Override
  public ByteSource content() throws IOException {
    return node.content();
  }

  @Override
  public byte[] linkTarget() throws IOException {
    return node.linkTarget();
  }

  @Override
  public SortedMap<Name, byte[]> attributes() throws IOException {
    return node.attributes();
  }

  @Override
  public Object identity() throws IOException {
    return new Identity(number, node.identity());
  }

  /**
   * A tree that is grafted at two places shows each of its directories at both, and so does one
   * that is put together itself.
   */
  @Override
  public Optional<Object> onceWithin() {
    return node.onceWithin().map(within -> List.of(place, within));
  }

  Node behind() {
    return node;
  }

  /** The graft that it is reached through. */
  Optional<Graft> through() {
    return tree.isTelling() && place instanceof MountedTree.Spot at
        ? Optional.ofNullable(at.graft)
        : Optional.empty();
  }

  @Override
  public Closeable walking() {
    return spot.below.isEmpty() ? node.walking() : tree.walking();
  }

  @Override
  public Origin origin() {
    return node.origin();
  }
}
