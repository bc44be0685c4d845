package drydock.checkpoint;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.Node;
import drydock.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The dumps that a dump builds on: its link {@code parent} leads to the directory of the one
 * before. Links never lead out of the tree that it lies in; a directory that is not there is taken
 * from the dumps that were given with it, by its name.
 */
final class ParentDumps {
  private static final Name LINK = Name.of("parent");
  private static final int MAX_PARENTS = 1000;

  private final Place start;
  private final List<Place> given;
  private final FindingLog log;

  /** Of the images in a directory; {@code given} are those of other dumps. */
  ParentDumps(Place images, List<Place> given, FindingLog log) {
    this.start = images;
    this.given = given;
    this.log = log;
  }

  /** Their directories, the nearest first. */
  List<Node> chain() throws IOException {
    List<Node> parents = new ArrayList<>();
    Set<Object> seen = new HashSet<>(Set.of(start.identity()));
    Place at = start;
    while (parents.size() < MAX_PARENTS) {
      Optional<Entry> link = at.node().child(LINK);
      if (link.isEmpty()) {
        return parents;
      }
      byte[] target = link.get().node().linkTarget();
      Optional<Place> next = behind(at);
      if (next.isEmpty()) {
        next = ofGiven(target, seen);
      }
      if (next.isEmpty()) {
        String what =
            "the dump before this one is not in the archive: "
                + NameText.of(target)
                + "; --disk takes the archive that has it";
        log.add(Finding.missing(at.node().origin(), what));
        return parents;
      }
      at = next.get();
      if (!seen.add(at.identity())) {
        log.add(Finding.damage(at.node().origin(), 0, "a dump that builds on itself"));
        return parents;
      }
      parents.add(at.node());
    }
    return parents;
  }

  /** The one of that name; a dump that has none of its own may be meant by any. */
  private Optional<Place> ofGiven(byte[] target, Set<Object> seen) throws IOException {
    Name name = TreePath.of(target).name();
    for (Place each : given) {
      boolean isCalled = each.path().isRoot() || each.path().name().equals(name);
      if (isCalled && !seen.contains(each.identity())) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static Optional<Place> behind(Place at) throws IOException {
    Optional<Lookup.Found> found = new Lookup(at.tree()).tryFind(at.path().child(LINK).toString());
    return found.isPresent() && found.get().node().meta().isDirectory()
        ? Optional.of(new Place(at.tree(), found.get().path(), found.get().node()))
        : Optional.empty();
  }
}
