package drydock.fs.tar;

import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The archive of a layer as overlayfs would have it on a disk: what it says of deleted names are
 * whiteouts and opaque directories. Safe from many threads.
 *
 * <p>A directory that is there only because something lies in it, and of which the archive says
 * nothing, is as the layers below have it: unpacking leaves it alone. Attributes {@code trusted.*}
 * of the archive are left out: no engine unpacks them, and overlayfs would obey them.
 */
public final class LayerTree implements FileTree {
  private final TarTree archive;
  private final Deletions deletions;
  private final Name opaque;
  private final LayerRoot root;
  private final @Nullable FileTree below;

  /** What was found below. Without it each layer would ask the next one twice, and that one ... */
  private final Map<TreePath, Optional<Node>> found = new ConcurrentHashMap<>();

  /**
   * @param opaque the attribute that overlayfs knows opaque directories by
   * @param root what the engine makes of its root directory
   * @param below the merged layers below; null when there are none
   */
  public LayerTree(
      TarTree archive, Deletions deletions, Name opaque, LayerRoot root, @Nullable FileTree below) {
    this.archive = archive;
    this.deletions = deletions;
    this.opaque = opaque;
    this.root = root;
    this.below = below;
  }

  Deletions deletions() {
    return deletions;
  }

  Name opaque() {
    return opaque;
  }

  LayerRoot ofRoot() {
    return root;
  }

  @Override
  public Node root() {
    return new LayerFile(this, TreePath.ROOT, (TarNode) archive.root(), false);
  }

  /** The directory that the layers below have at a path; links are not followed. */
  Optional<Node> directoryBelow(TreePath path) throws IOException {
    if (below == null) {
      return Optional.empty();
    }
    Optional<Node> known = found.get(path);
    if (known == null) {
      known = directory(below.root(), path);
      found.put(path, known);
    }
    return known;
  }

  private static Optional<Node> directory(Node root, TreePath path) throws IOException {
    Node at = root;
    for (Name name : path.names()) {
      Optional<Entry> next = at.meta().isDirectory() ? at.child(name) : Optional.empty();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get().node();
    }
    return at.meta().isDirectory() ? Optional.of(at) : Optional.empty();
  }

  @Override
  public FileSystemInfo info() {
    return archive.info();
  }

  /** The archive's own node: without its path nobody can tell what it deletes. */
  @Override
  public Node node(long inode) throws NoSuchFileException {
    return archive.node(inode);
  }

  @Override
  public Origin origin() {
    return archive.origin();
  }
}
