package drydock.fs;

import drydock.bytes.Origin;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tree with directories and files of other trees in place of some of its own, as mounts put them
 * there.
 *
 * <p>A grafted directory hides everything that the base holds at its path. Paths that are missing
 * in the base appear as plain directories; something there that is no directory is hidden. Grafts
 * may lie inside others; of two at the same path the later one counts. Nodes keep the inode numbers
 * and origins of the trees that they come from, and {@link Node#identity()} tells those trees
 * apart.
 */
public final class MountedTree implements FileTree {
  /** What the grafts say of one path: a tree of names. */
  static final class Spot {
    final SortedMap<Name, Spot> below = new TreeMap<>();
    @Nullable Graft graft;
  }

  /** A tree, and where its root appears, or else the first of its directories that appears. */
  public record Place(TreePath at, FileTree tree) {}

  private final FileTree base;
  private final boolean telling;
  private final List<Graft> grafts;
  private final List<FileTree> trees;
  private final Spot spots;

  private MountedTree(FileTree base, List<Graft> grafts, boolean telling) {
    this.base = base;
    this.telling = telling;
    this.grafts = List.copyOf(grafts);
    List<FileTree> distinct = new ArrayList<>(List.of(base));
    Spot top = new Spot();
    for (Graft graft : grafts) {
      if (numberOf(graft.tree(), distinct) < 0) {
        distinct.add(graft.tree());
      }
      Spot at = top;
      for (Name name : graft.at().names()) {
        at = at.below.computeIfAbsent(name, n -> new Spot());
      }
      at.graft = graft;
    }
    this.trees = List.copyOf(distinct);
    this.spots = top;
  }

  /** The base with each of the grafts in its place. */
  public static MountedTree of(FileTree base, List<Graft> grafts) {
    return new MountedTree(base, grafts, false);
  }

  /** The same, and {@link #through} tells of its nodes which graft they belong to. */
  public static MountedTree telling(FileTree base, List<Graft> grafts) {
    return new MountedTree(base, grafts, true);
  }

  /** The trees that this one is put together from: the base first, each once. */
  public List<FileTree> trees() {
    return trees;
  }

  /**
   * Where the trees lie that a tree is put together from; the tree itself when it is one. Of a
   * {@link #telling} one, which shows parts of trees, those that it shows the whole of.
   */
  @SuppressWarnings("ReferenceEquality") // two trees are one only if they are the same object
  public static List<Place> places(FileTree tree) {
    if (!(tree instanceof MountedTree mounted)) {
      return List.of(new Place(TreePath.ROOT, tree));
    }
    return mounted.trees.stream()
        .filter(each -> !mounted.telling || each == mounted.base || mounted.isWhole(each))
        .map(mounted::place)
        .toList();
  }

  /** The node of the tree that a node was taken from; the node itself outside of mounted trees. */
  public static Node behind(Node node) {
    return node instanceof MountedNode mounted ? mounted.behind() : node;
  }

  /**
   * The graft that a node of a {@link #telling} tree is reached through; empty for what is the
   * base's own, and for nodes of all other trees.
   */
  public static Optional<Graft> through(Node node) {
    return node instanceof MountedNode mounted ? mounted.through() : Optional.empty();
  }

  @SuppressWarnings("ReferenceEquality") // two trees are one only if they are the same object
  private Place place(FileTree tree) {
    List<Graft> own = grafts.stream().filter(graft -> graft.tree() == tree).toList();
    if (tree == base || own.isEmpty()) {
      return new Place(TreePath.ROOT, tree);
    }
    Graft best =
        own.stream().filter(graft -> graft.inside().isRoot()).findFirst().orElse(own.get(0));
    return new Place(best.at(), tree);
  }

  @Override
  public Node root() throws IOException {
    Graft graft = spots.graft;
    if (graft != null) {
      int number = numberOf(graft.tree());
      return new MountedNode(this, number, graft.root(), spots, TreePath.ROOT, spots);
    }
    return new MountedNode(this, 0, base.root(), spots, TreePath.ROOT, this);
  }

  @Override
  public FileSystemInfo info() {
    FileSystemInfo of = base.info();
    Map<String, String> details = new LinkedHashMap<>(of.details());
    for (Graft graft : grafts) {
      FileSystemInfo there = graft.tree().info();
      String label = there.label() == null ? "" : " \"" + there.label() + "\"";
      details.put("at " + graft.at(), there.type() + label);
    }
    return new FileSystemInfo(
        of.type(), of.label(), of.uuid(), of.state(), of.lastMounted(), of.size(), details);
  }

  /**
   * Inode numbers count in one file system only: where there are several, ask one of {@link
   * #trees()}.
   */
  @Override
  public Node node(long inode) throws IOException {
    if (trees.size() > 1) {
      throw new NoSuchFileException(
          "inode " + inode, null, "inode numbers of several file systems meet here");
    }
    return new MountedNode(this, 0, base.node(inode), new Spot(), TreePath.ROOT, this);
  }

  /** Those of each of the trees, one tree after the other. */
  @Override
  public void deletedFiles(DeletedFile.Visitor visitor) throws IOException {
    for (FileTree tree : trees) {
      tree.deletedFiles(visitor);
    }
  }

  @Override
  public Closeable walking() {
    List<Closeable> walks = new ArrayList<>(List.of(base.walking()));
    for (FileTree tree : trees.subList(1, trees.size())) {
      if (isWhole(tree)) {
        walks.add(tree.walking());
      }
    }
    return () -> {
      for (Closeable walk : walks) {
        walk.close();
      }
    };
  }

  /** Whether all of a tree is shown; of one that is not, who knows how little will be asked for. */
  @SuppressWarnings("ReferenceEquality") // two trees are one only if they are the same object
  private boolean isWhole(FileTree tree) {
    return grafts.stream().anyMatch(graft -> graft.tree() == tree && graft.inside().isRoot());
  }

  @Override
  public Origin origin() {
    return base.origin();
  }

  /** That of the tree that has the path, with the path as it is there. */
  @Override
  public Origin originAt(TreePath path) {
    Graft owner = spots.graft;
    int covered = 0;
    Spot at = spots;
    List<Name> names = path.names();
    for (int depth = 1; depth <= names.size(); depth++) {
      at = at.below.get(names.get(depth - 1));
      if (at == null) {
        break;
      }
      if (at.graft != null) {
        owner = at.graft;
        covered = depth;
      }
    }
    if (owner == null) {
      return base.originAt(path);
    }
    TreePath there = owner.inside();
    for (Name name : names.subList(covered, names.size())) {
      there = there.child(name);
    }
    return owner.tree().originAt(there);
  }

  boolean isTelling() {
    return telling;
  }

  int numberOf(FileTree tree) {
    return numberOf(tree, trees);
  }

  @SuppressWarnings("ReferenceEquality") // two trees are one only if they are the same object
  private static int numberOf(FileTree tree, List<FileTree> trees) {
    for (int i = 0; i < trees.size(); i++) {
      if (trees.get(i) == tree) {
        return i;
      }
    }
    return -1;
  }
}
