package drydock.checkpoint.memory;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileSystemInfo;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dumps that a dump builds on: its link {@code parent} leads to the directory of the one
 * before. Links never lead out of the archive.
 */
final class ParentDumps {
  private static final Name LINK = Name.of("parent");

  private final FileTree archive;
  private final FindingLog log;

  private ParentDumps(FileTree archive, FindingLog log) {
    this.archive = archive;
    this.log = log;
  }

  /**
   * The nearest first.
   *
   * @param archive the directory that holds all of it
   * @param images the directory of the dump: that itself, or one in it
   */
  static List<Node> of(Node archive, Node images, FindingLog log) throws IOException {
    return new ParentDumps(new Rooted(archive), log).chain(path(archive, images), images);
  }

  private static String path(Node archive, Node images) throws IOException {
    for (Entry entry : archive.list()) {
      Node node = entry.node();
      if (node.meta().isDirectory() && node.identity().equals(images.identity())) {
        return "/" + entry.name();
      }
    }
    return "";
  }

  private List<Node> chain(String start, Node images) throws IOException {
    List<Node> parents = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    seen.add(images.identity());
    Node at = images;
    String path = start;
    while (parents.size() <= Memory.MAX_PARENTS) {
      Optional<Entry> link = at.child(LINK);
      if (link.isEmpty()) {
        return parents;
      }
      Optional<Lookup.Found> found = new Lookup(archive).tryFind(path + "/" + LINK);
      if (found.isEmpty() || !found.get().node().meta().isDirectory()) {
        String target = NameText.of(link.get().node().linkTarget());
        String what = "the dump before this one is not in the archive: " + target;
        log.add(Finding.missing(at.origin(), what));
        return parents;
      }
      at = found.get().node();
      path = found.get().path().toString();
      if (!seen.add(at.identity())) {
        log.add(Finding.damage(at.origin(), 0, "a dump that builds on itself"));
        return parents;
      }
      parents.add(at);
    }
    return parents;
  }

  /** A directory as a tree of its own: nothing leads out of it. */
  private record Rooted(Node root) implements FileTree {
    @Override
    public FileSystemInfo info() {
      throw new UnsupportedOperationException("a directory is no file system");
    }

    @Override
    public Node node(long inode) throws NoSuchFileException {
      throw new NoSuchFileException("inode " + inode);
    }

    @Override
    public Origin origin() {
      return root.origin();
    }
  }
}
