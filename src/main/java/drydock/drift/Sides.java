package drydock.drift;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Identity;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.overlay.LayerNode;
import drydock.overlay.OverlayNode;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Both sides of a path, as a node of a tree of such pairs; what is the same for sure is not in it.
 * So whatever walks a tree walks the changes, with its care for loops and damage. As a node it
 * shows the side that is a directory, else the upper one.
 */
public final class Sides implements Node {
  /**
   * Where something that was moved lay before.
   *
   * @param node what the layers below show there; null when they show nothing
   */
  record Source(TreePath path, @Nullable Node node) {
    Source child(Name name) throws IOException {
      return new Source(path.child(name), Sides.child(node, name));
    }
  }

  /** Of a whiteout of what no lower layer has. */
  private static final FileMeta NOTHING =
      new FileMeta(0, NodeType.UNKNOWN, 0, 0, 0, 0, 0, null, FileTimes.NONE);

  /** The names that one or both of two directories have. */
  private static final class Pair {
    @Nullable Entry upper;
    @Nullable Entry lower;
  }

  private final Node base;
  private final int own;
  private final TreePath path;
  private final @Nullable Node upper;
  private final @Nullable Node lower;
  private final @Nullable Source source;

  private Sides(
      Node base,
      int own,
      TreePath path,
      @Nullable Node upper,
      @Nullable Node lower,
      @Nullable Source source) {
    this.base = base;
    this.own = own;
    this.path = path;
    this.upper = upper;
    this.lower = lower;
    this.source = source;
  }

  /**
   * Both roots.
   *
   * @param own how many layers the upper one has above those of the lower one
   */
  static Sides ofRoots(Node upper, Node lower, int own) {
    return new Sides(lower, own, TreePath.ROOT, upper, lower, null);
  }

  /** Where it is. */
  public TreePath path() {
    return path;
  }

  /** How many bytes of content both sides have together. */
  public long bytes() throws IOException {
    return bytes(upper) + bytes(lower);
  }

  private static long bytes(@Nullable Node node) throws IOException {
    if (node == null) {
      return 0;
    }
    FileMeta meta = node.meta();
    return meta.isFile() ? meta.size() : 0;
  }

  @Nullable Node upper() {
    return upper;
  }

  @Nullable Node lower() {
    return lower;
  }

  /** Where it was before, when it was moved. */
  @Nullable Source source() {
    return source;
  }

  /** Whether the upper side is a directory that shows nothing of the lower one's content. */
  boolean isMadeAnew() throws IOException {
    return lower != null && isDirectory(lower) && !isMerged() && upper instanceof OverlayNode;
  }

  private boolean isMerged() {
    return source == null && upper instanceof OverlayNode merged && merged.merged().size() > 1;
  }

  private static boolean isDirectory(@Nullable Node node) throws IOException {
    return node != null && node.meta().isDirectory();
  }

  private static @Nullable Node child(@Nullable Node directory, Name name) throws IOException {
    if (directory == null || !isDirectory(directory)) {
      return null;
    }
    Optional<Entry> entry = directory.child(name);
    return entry.isEmpty() ? null : entry.get().node();
  }

  private Node shown() throws IOException {
    if (upper == null || (isDirectory(lower) && !isDirectory(upper))) {
      return lower == null ? base : lower;
    }
    return upper;
  }

  /** Of both sides what may differ. */
  @Override
  public List<Entry> list() throws IOException {
    boolean above = isDirectory(upper);
    boolean below = isDirectory(lower);
    if (!above && !below) {
      throw new NotDirectoryException(path.toString());
    }
    if (above && isMerged() && upper instanceof OverlayNode merged) {
      return copied(merged);
    }
    SortedMap<Name, Pair> names = new TreeMap<>();
    if (above && upper != null) {
      upper.list().forEach(each -> pair(names, each.name()).upper = each);
    }
    if (below && lower != null) {
      lower.list().forEach(each -> pair(names, each.name()).lower = each);
    }
    List<Entry> entries = new ArrayList<>(names.size());
    for (Map.Entry<Name, Pair> each : names.entrySet()) {
      Name name = each.getKey();
      entries.add(new Entry(name, 0, null, () -> paired(name, each.getValue())));
    }
    return entries;
  }

  private static Pair pair(Map<Name, Pair> names, Name name) {
    return names.computeIfAbsent(name, each -> new Pair());
  }

  private Sides paired(Name name, Pair pair) throws IOException {
    Node now = pair.upper == null ? null : pair.upper.node();
    Node before = pair.lower == null ? null : pair.lower.node();
    return child(name, now, before);
  }

  /** The names in the upper layers themselves, whiteouts among them: all else is as it was. */
  private List<Entry> copied(OverlayNode merged) throws IOException {
    SortedSet<Name> names = new TreeSet<>();
    for (LayerNode each : merged.merged()) {
      if (each.index() < own || each.equals(merged.suppliedBy())) {
        each.node().list().forEach(entry -> names.add(entry.name()));
      }
    }
    List<Entry> entries = new ArrayList<>(names.size());
    for (Name name : names) {
      Entry.Target target = () -> child(name, child(upper, name), child(lower, name));
      entries.add(new Entry(name, 0, null, target));
    }
    return entries;
  }

  private Sides child(Name name, @Nullable Node now, @Nullable Node before) throws IOException {
    return new Sides(base, own, path.child(name), now, before, sourceOf(name, now));
  }

  private @Nullable Source sourceOf(Name name, @Nullable Node now) throws IOException {
    if (!(now instanceof OverlayNode node)) {
      return null;
    }
    // what a lower layer redirects was moved before
    boolean isOwn = node.suppliedBy().index() == 0;
    Optional<TreePath> redirect =
        isOwn ? node.redirectedFrom(source == null ? path : source.path) : Optional.empty();
    if (redirect.isPresent() && redirect.get().equals(path.child(name))) {
      return null; // a file with several names leads to itself
    }
    if (redirect.isPresent()) {
      Node at = base;
      for (Name each : redirect.get().names()) {
        at = child(at, each);
      }
      return new Source(redirect.get(), at);
    }
    Source inMoved = source == null ? null : source.child(name);
    return inMoved == null || inMoved.node == null ? null : inMoved;
  }

  @Override
  public FileMeta meta() throws IOException {
    return upper == null && lower == null ? NOTHING : shown().meta();
  }

  @Override
  public ByteSource content() throws IOException {
    return shown().content();
  }

  @Override
  public byte[] linkTarget() throws IOException {
    return shown().linkTarget();
  }

  @Override
  public SortedMap<Name, byte[]> attributes() throws IOException {
    return shown().attributes();
  }

  @Override
  public Object identity() throws IOException {
    Node shown = shown();
    return new Identity(shown == upper, shown.identity());
  }

  @Override
  public Origin origin() {
    Node node = upper != null ? upper : lower;
    return (node == null ? base : node).origin();
  }
}
