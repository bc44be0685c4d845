package drydock.runtime.containerd;

import drydock.bytes.Origin;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine's root directory on the node. Paths below it are found through symlinks, which never
 * lead out of the node; directories that were found once are kept.
 */
final class EngineDirectory {
  /** Far more than any state file; a larger one is not what it says. */
  static final int MAX_STATE_FILE = 4 << 20;

  private final FileTree node;
  private final String root;
  private final Lookup lookup;
  private final Map<String, Optional<Node>> directories = new HashMap<>();

  EngineDirectory(FileTree node, String root) {
    this.node = node;
    this.root = root;
    this.lookup = new Lookup(node);
  }

  String root() {
    return root;
  }

  /** The node-absolute path of one below the root. */
  String path(String below) {
    return below.startsWith("/") ? below : root + "/" + below;
  }

  Origin origin() {
    return originOf("");
  }

  Origin originOf(String below) {
    return node.originAt(TreePath.of(below.isEmpty() ? root : path(below)));
  }

  /** The directory at a path below the root, or at an absolute one. */
  Optional<Node> directory(String below) throws IOException {
    synchronized (directories) {
      Optional<Node> known = directories.get(below);
      if (known == null) {
        Optional<Found> found = find(path(below));
        boolean isThere = found.isPresent() && found.get().isDirectory();
        known = isThere ? Optional.of(found.get().node()) : Optional.empty();
        directories.put(below, known);
      }
      return known;
    }
  }

  /** The regular file at a path below the root. */
  Optional<Node> file(String below) throws IOException {
    int slash = below.lastIndexOf('/');
    if (slash < 0) {
      return fileOf(find(path(below)));
    }
    Optional<Node> parent = directory(below.substring(0, slash));
    return parent.isEmpty()
        ? Optional.empty()
        : fileOf(child(parent.get(), path(below), below.substring(slash + 1)));
  }

  private static Optional<Node> fileOf(Optional<Found> found) {
    return found.isPresent() && found.get().isFile()
        ? Optional.of(found.get().node())
        : Optional.empty();
  }

  /** What a directory has under a name, links followed; {@code path} is that child's. */
  Optional<Found> child(Node directory, String path, String name) throws IOException {
    Optional<Entry> entry = directory.child(Name.of(name));
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Node child = entry.get().node();
    var meta = child.meta();
    return meta.isSymlink() ? find(path) : Optional.of(new Found(child, meta));
  }

  /** What lies at a path of the node, links followed. */
  Optional<Found> find(String path) throws IOException {
    Optional<Lookup.Found> found = lookup.tryFind(path);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(found.get().node(), found.get().node().meta()));
  }

  /** The names in a directory below the root; none when there is no such directory. */
  List<String> names(String below) throws IOException {
    Optional<Node> directory = directory(below);
    List<String> names = new ArrayList<>();
    if (directory.isPresent()) {
      for (Entry entry : directory.get().list()) {
        names.add(entry.name().toString());
      }
    }
    return names;
  }
}
