package drydock.overlay;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Name;
import drydock.fs.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds which nodes of which layers make one node of the merged view (kernel {@code namei.c},
 * ovl_lookup and what it calls).
 */
final class Resolver {
  /**
   * A directory's entry of one name, seen when the directory was listed.
   *
   * @param maybeFileWhiteout whether the directory is marked to hold whiteouts that are files
   */
  record Sighting(LayerNode directory, Entry entry, boolean maybeFileWhiteout) {}

  /** The kernel merges 500 layers, and few of them have a redirect on the way to a name. */
  private static final int MOST_REDIRECTS = 1000;

  private final List<LayerNode> roots;
  private final Marks marks;
  private final FindingLog log;

  Resolver(List<LayerNode> roots, Marks marks, FindingLog log) {
    this.roots = roots;
    this.marks = marks;
    this.log = log;
  }

  Marks marks() {
    return marks;
  }

  /**
   * The nodes that are merged under a name: for a directory one of each layer that takes part, for
   * anything else the topmost; none when there is no such name or it is deleted.
   *
   * @param directories the merged directories that hold the name, top first
   * @param seen the entries of that name in all of these directories, when they were listed
   */
  List<LayerNode> stack(List<LayerNode> directories, Name name, @Nullable List<Sighting> seen)
      throws IOException {
    Search search = new Search(directories, name, seen, false);
    search.run();
    return search.found;
  }

  /**
   * The layers' nodes that a metadata-only file at the top leads to; the last one has the content.
   */
  Optional<LayerNode> content(List<LayerNode> directories, Name name) throws IOException {
    Search search = new Search(directories, name, null, true);
    search.run();
    return search.metadataOnly || search.found.isEmpty()
        ? Optional.empty()
        : Optional.of(search.found.get(search.found.size() - 1));
  }

  /**
   * The entry of that name in a layer's directory; a directory that cannot be read is a finding.
   */
  Optional<Entry> child(LayerNode directory, Name name) {
    try {
      return directory.node().child(name);
    } catch (IOException e) {
      report(e, directory, "looking for " + name);
      return Optional.empty();
    }
  }

  void report(IOException e, LayerNode at, String doing) {
    Origin origin = at.node().origin();
    String what = doing + " in layer " + at.index() + ": " + e.getMessage();
    log.add(new Finding(Severity.DAMAGE, what, origin, null, null, null));
  }

  void report(Finding finding) {
    log.add(finding);
  }

  /** One look-up, layer by layer downwards. */
  private final class Search {
    private final boolean wantsContent;
    private final @Nullable List<Sighting> seen;

    /** Whether there is one directory only: if that cannot be read, there is no answer. */
    private final boolean alone;

    private List<LayerNode> directories;
    private boolean fromRoots;

    /** The names to go down from the directories: one, until an absolute redirect is met. */
    private List<Name> names;

    private int followed;
    private boolean redirected;
    private boolean absolute;
    private boolean isDirectory;
    private boolean metadataOnly;
    private boolean stop;
    private final List<LayerNode> found = new ArrayList<>();

    Search(List<LayerNode> directories, Name name, @Nullable List<Sighting> seen, boolean content) {
      this.directories = directories;
      this.names = List.of(name);
      this.seen = seen;
      this.alone = directories.size() == 1;
      this.wantsContent = content;
    }

    void run() throws IOException {
      for (int i = 0; i < directories.size() && !stop; i++) {
        LayerNode directory = directories.get(i);
        LayerNode node = layer(directory);
        if (node == null) {
          continue;
        }
        found.add(node);
        if (absolute && !fromRoots) {
          fromRoots = true;
          directories = roots.stream().filter(root -> root.index() > directory.index()).toList();
          i = -1;
        }
      }
    }

    private @Nullable LayerNode layer(LayerNode start) throws IOException {
      LayerNode at = start;
      List<Name> path = names;
      for (int i = 0; i < path.size(); i++) {
        Node next = step(at, path.get(i), path.subList(i + 1, path.size()));
        if (next == null) {
          return null;
        }
        at = at.child(path.get(i), next);
      }
      return at;
    }

    private @Nullable Node step(LayerNode directory, Name name, List<Name> rest)
        throws IOException {
      Optional<Entry> entry = entry(directory, name);
      if (entry.isEmpty()) {
        return null;
      }
      try {
        Node node = entry.get().node();
        return accept(directory, node, rest);
      } catch (IOException e) {
        if (found.isEmpty()) {
          throw e;
        }
        report(e, directory, name + " is not merged");
        return null;
      }
    }

    private Optional<Entry> entry(LayerNode directory, Name name) throws IOException {
      if (seen == null || redirected) {
        return alone ? directory.node().child(name) : child(directory, name);
      }
      for (Sighting sighting : seen) {
        if (sighting.directory.index() == directory.index()) {
          return Optional.of(sighting.entry);
        }
      }
      return Optional.empty();
    }

    /** Whether the node takes part, and what it says of the layers below. */
    private @Nullable Node accept(LayerNode directory, Node node, List<Name> rest)
        throws IOException {
      FileMeta meta = node.meta();
      boolean last = rest.isEmpty();
      if (marks.isWhiteout(node, meta) || (last && metadataOnly && !meta.isFile())) {
        stop = true;
        return null;
      }
      if (!meta.isDirectory()) {
        if (isDirectory || !last) {
          stop = true;
          return null;
        }
        metadataOnly = wantsContent && meta.isFile() && marks.isMetadataOnly(node);
        stop = !metadataOnly;
        if (stop) {
          return node;
        }
      } else {
        isDirectory |= last;
        if (isLowest(directory)) {
          return node;
        }
        if (marks.isOpaque(node)) {
          stop = true;
          return node;
        }
      }
      redirect(directory, node, rest);
      return node;
    }

    private boolean isLowest(LayerNode directory) {
      return directory.index() == roots.get(roots.size() - 1).index();
    }

    private void redirect(LayerNode directory, Node node, List<Name> rest) {
      Optional<Marks.Redirect> redirect;
      try {
        redirect = marks.redirect(node);
      } catch (IOException e) {
        report(e, directory, "a redirect that is not followed");
        stop = true;
        return;
      }
      if (redirect.isEmpty() && (marks.followsRedirects() || !metadataOnly)) {
        return;
      }
      if (!marks.followsRedirects()) {
        String what = "a rootless mount does not follow a mark that leads to lower layers";
        log.add(Finding.note(node.origin(), what));
        stop = true;
        return;
      }
      follow(redirect.orElseThrow(), rest);
      if (++followed > MOST_REDIRECTS || names.size() > Marks.LONGEST_PATH) {
        String what = "one redirect leads to the next without end, no more are followed";
        log.add(new Finding(Severity.DAMAGE, what, node.origin(), null, null, null));
        stop = true;
      }
    }

    private void follow(Marks.Redirect redirect, List<Name> rest) {
      List<Name> path = new ArrayList<>();
      if (redirect.absolute()) {
        absolute = true;
        stop = false;
      } else {
        path.addAll(names.subList(0, names.size() - rest.size() - 1));
      }
      path.addAll(redirect.names());
      path.addAll(rest);
      names = List.copyOf(path);
      redirected = true;
    }
  }
}
