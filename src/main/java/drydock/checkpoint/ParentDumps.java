package drydock.checkpoint;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dumps that a dump builds on: its link {@code parent} leads to the directory of the one
 * before. Links never lead out of the tree that it lies in.
 */
final class ParentDumps {
  private static final Name LINK = Name.of("parent");
  private static final int MAX_PARENTS = 1000;

  private final Place start;
  private final FindingLog log;

  /** Of the images in a directory. */
  ParentDumps(Place images, FindingLog log) {
    this.start = images;
    this.log = log;
  }

  /** Their directories, the nearest first. */
  List<Node> chain() throws IOException {
    List<Node> parents = new ArrayList<>();
    Set<Object> seen = new HashSet<>(Set.of(start.node().identity()));
    Place at = start;
    while (parents.size() < MAX_PARENTS) {
      Optional<Entry> link = at.node().child(LINK);
      if (link.isEmpty()) {
        return parents;
      }
      Optional<Place> next = behind(at);
      if (next.isEmpty()) {
        String target = NameText.of(link.get().node().linkTarget());
        String what = "the dump before this one is not in the archive: " + target;
        log.add(Finding.missing(at.node().origin(), what));
        return parents;
      }
      at = next.get();
      if (!seen.add(at.node().identity())) {
        log.add(Finding.damage(at.node().origin(), 0, "a dump that builds on itself"));
        return parents;
      }
      parents.add(at.node());
    }
    return parents;
  }

  private static Optional<Place> behind(Place at) throws IOException {
    Optional<Lookup.Found> found = new Lookup(at.tree()).tryFind(at.path().child(LINK).toString());
    return found.isPresent() && found.get().node().meta().isDirectory()
        ? Optional.of(new Place(at.tree(), found.get().path(), found.get().node()))
        : Optional.empty();
  }
}
