package drydock.overlay;

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
import drydock.fs.TreePath;
import drydock.fs.Whiteout;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A layer that only deletes: a whiteout at each of a list of paths, as engines keep one beside an
 * archive that has none. The directories on the way are as the layers below have them; where those
 * have none, nothing is deleted. Safe from many threads.
 */
public final class DeletedTree implements FileTree {
  /** A name of the paths: what lies below it, or a whiteout. */
  private static final class Spot {
    final SortedMap<Name, Spot> below = new TreeMap<>();
    final long number;
    boolean gone;

    Spot(long number) {
      this.number = number;
    }
  }

  private final FileTree lower;
  private final Origin origin;
  private final Spot top = new Spot(1);
  private final Map<Long, Spot> spots = new HashMap<>();

  /**
   * @param lower the merged layers below
   * @param origin of the list
   */
  public DeletedTree(List<TreePath> paths, FileTree lower, Origin origin) {
    this.lower = lower;
    this.origin = origin;
    spots.put(1L, top);
    for (TreePath path : paths) {
      Spot at = top;
      for (Name name : path.names()) {
        at = at.below.computeIfAbsent(name, each -> made());
      }
      at.gone = at != top;
    }
  }

  private Spot made() {
    Spot spot = new Spot(spots.size() + 1L);
    spots.put(spot.number, spot);
    return spot;
  }

  @Override
  public Node root() throws IOException {
    return new Directory(top, lower.root());
  }

  @Override
  public FileSystemInfo info() {
    return new FileSystemInfo("list of deleted paths", null, null, null, null, null, Map.of());
  }

  @Override
  public Node node(long inode) throws NoSuchFileException {
    Spot spot = spots.get(inode);
    if (spot == null || !spot.gone) {
      throw new NoSuchFileException("inode " + inode + " of " + origin);
    }
    return whiteout(spot);
  }

  @Override
  public Origin origin() {
    return origin;
  }

  private Node whiteout(Spot spot) {
    return new Whiteout(spot.number, FileTimes.NONE, origin);
  }

  /** A directory on the way to what was deleted. */
  private final class Directory implements Node {
    private final Spot spot;
    private final Node shown;

    Directory(Spot spot, Node shown) {
      this.spot = spot;
      this.shown = shown;
    }

    @Override
    public FileMeta meta() throws IOException {
      FileMeta meta = shown.meta();
      return new FileMeta(
          spot.number,
          meta.type(),
          meta.permissions(),
          meta.uid(),
          meta.gid(),
          meta.size(),
          meta.links(),
          null,
          meta.times());
    }

    @Override
    public List<Entry> list() throws IOException {
      List<Entry> entries = new ArrayList<>();
      for (Name name : spot.below.keySet()) {
        child(name).ifPresent(entries::add);
      }
      return entries;
    }

    @Override
    public Optional<Entry> child(Name name) throws IOException {
      Spot next = spot.below.get(name);
      Optional<Entry> there = next == null ? Optional.empty() : shown.child(name);
      return there.isEmpty() ? Optional.empty() : Optional.ofNullable(entry(next, there.get()));
    }

    private @Nullable Entry entry(@Nullable Spot next, Entry there) throws IOException {
      if (next == null) {
        return null;
      }
      if (next.gone) {
        return new Entry(there.name(), next.number, NodeType.CHARACTER, () -> whiteout(next));
      }
      Node node = there.node();
      return node.meta().isDirectory()
          ? new Entry(
              there.name(), next.number, NodeType.DIRECTORY, () -> new Directory(next, node))
          : null;
    }

    @Override
    public ByteSource content() throws IOException {
      throw new IOException(origin + ": is a directory");
    }

    @Override
    public byte[] linkTarget() {
      return new byte[0];
    }

    @Override
    public SortedMap<Name, byte[]> attributes() throws IOException {
      return Collections.unmodifiableSortedMap(shown.attributes());
    }

    @Override
    public Origin origin() {
      return origin;
    }
  }
}
