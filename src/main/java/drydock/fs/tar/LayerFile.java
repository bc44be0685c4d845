package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTimes;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.fs.Whiteout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A node of a {@link LayerTree}. */
final class LayerFile implements Node {
  private static final String TRUSTED = "trusted.";
  private static final byte[] YES = {'y'};

  private final LayerTree layer;
  private final TreePath path;
  private final TarNode node;
  private final boolean madeAnew;

  /**
   * @param madeAnew whether the archive says, too, that the layers' file of that path was deleted
   */
  LayerFile(LayerTree layer, TreePath path, TarNode node, boolean madeAnew) {
    this.layer = layer;
    this.path = path;
    this.node = node;
    this.madeAnew = madeAnew;
  }

  /** What the layers below have there, if the archive says nothing of this directory. */
  private Optional<Node> unsaid() throws IOException {
    return node.isImplied() && !madeAnew ? layer.directoryBelow(path) : Optional.empty();
  }

  @Override
  public FileMeta meta() throws IOException {
    boolean isMade = path.isRoot() && !layer.ofRoot().isSaid();
    Optional<Node> below = isMade ? layer.directoryBelow(path) : unsaid();
    if (below.isPresent()) {
      return as(below.get().meta());
    }
    boolean isUnsaid = path.isRoot() && node.isImplied();
    return isMade || isUnsaid ? as(made()) : node.meta();
  }

  /** A root that an engine made. */
  private FileMeta made() {
    int permissions = layer.ofRoot().permissions();
    FileTimes times = FileTimes.NONE;
    return new FileMeta(0, NodeType.DIRECTORY, permissions, 0, 0, 0, 2, null, times);
  }

  private FileMeta as(FileMeta meta) {
    FileMeta own = node.meta();
    return new FileMeta(
        own.inode(),
        meta.type(),
        meta.permissions(),
        meta.uid(),
        meta.gid(),
        meta.size(),
        own.links(),
        null,
        meta.times());
  }

  /** The names that were deleted among those that are there. */
  @Override
  public List<Entry> list() throws IOException {
    List<Entry> shown = new ArrayList<>();
    boolean marks = false;
    for (Entry entry : node.list()) {
      if (!isMark(entry)) {
        shown.add(entry(entry));
      } else if (whiteout(entry).isPresent()) {
        shown.add(whiteout(entry).get());
        marks = true;
      }
    }
    if (marks) {
      shown.sort(Comparator.comparing(Entry::name));
    }
    return shown;
  }

  private Entry entry(Entry stored) {
    return new Entry(stored.name(), stored.inode(), stored.type(), () -> below(stored));
  }

  private LayerFile below(Entry stored) throws IOException {
    Optional<Entry> mark = node.child(mark(stored.name()));
    boolean anew = mark.isPresent() && isMark(mark.get());
    return new LayerFile(layer, path.child(stored.name()), (TarNode) stored.node(), anew);
  }

  private boolean isMark(Entry entry) throws IOException {
    return Deletions.mayBeMark(entry.name()) && layer.deletions().isMark(entry.node().meta());
  }

  /**
   * What a mark stands for; nothing where the archive itself has such a file, which lies over it.
   */
  private Optional<Entry> whiteout(Entry mark) throws IOException {
    Name name = Deletions.deleted(mark.name());
    if (!Deletions.isDeletable(mark.name()) || node.child(name).isPresent()) {
      return Optional.empty();
    }
    Node stored = mark.node();
    FileMeta meta = stored.meta();
    Whiteout gone = new Whiteout(mark.inode(), meta.times(), stored.origin());
    return Optional.of(new Entry(name, mark.inode(), gone.meta().type(), () -> gone));
  }

  @Override
  public Optional<Entry> child(Name name) throws IOException {
    Optional<Entry> stored = node.child(name);
    if (stored.isPresent()) {
      return isMark(stored.get()) ? Optional.empty() : Optional.of(entry(stored.get()));
    }
    Optional<Entry> mark = node.child(mark(name));
    return mark.isPresent() && isMark(mark.get()) ? whiteout(mark.get()) : Optional.empty();
  }

  private static Name mark(Name name) {
    byte[] mark = new byte[Deletions.PREFIX.length() + name.length()];
    Name.of(Deletions.PREFIX).copyTo(mark, 0);
    name.copyTo(mark, Deletions.PREFIX.length());
    return Name.of(mark);
  }

  @Override
  public ByteSource content() throws IOException {
    return node.content();
  }

  @Override
  public byte[] linkTarget() {
    return node.linkTarget();
  }

  @Override
  public SortedMap<Name, byte[]> attributes() throws IOException {
    Optional<Node> below = unsaid();
    SortedMap<Name, byte[]> stored = below.isEmpty() ? node.attributes() : below.get().attributes();
    boolean opaque = isOpaque();
    if (!opaque && stored.keySet().stream().noneMatch(name -> name.startsWith(TRUSTED))) {
      return stored;
    }
    SortedMap<Name, byte[]> shown = new TreeMap<>(stored);
    if (below.isEmpty()) {
      shown.keySet().removeIf(name -> name.startsWith(TRUSTED) || name.equals(layer.opaque()));
    }
    if (opaque) {
      shown.put(layer.opaque(), YES.clone());
    }
    return Collections.unmodifiableSortedMap(shown);
  }

  /**
   * Whether it hides what the layers below have in it: it says so, or was deleted and made anew.
   */
  private boolean isOpaque() throws IOException {
    if (!node.meta().isDirectory()) {
      return false;
    }
    Optional<Entry> mark = node.child(Deletions.OPAQUE);
    return mark.isPresent() && isMark(mark.get()) || madeAnew;
  }

  @Override
  public Object identity() {
    return node.meta().inode();
  }

  @Override
  public Origin origin() {
    return node.origin();
  }
}
