package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.fs.AbsentMount;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.TreePath;
import drydock.runtime.Container;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether containers are shown with what was mounted in them, and their trees. */
final class VolumesOption {
  @Option(
      names = "--volumes",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Show in containers what was mounted over their layers, as is usual; --no-volumes shows the layers alone.")
  boolean volumes = true;

  /** By where the container is told of: whole records as keys take long to start with. */
  private final Map<String, FileTree> trees = new HashMap<>();

  /** A container's tree as it is asked for, made once; without one, the node's. */
  FileTree tree(Evidence evidence, @Nullable Owned<Container> owner) throws IOException {
    if (owner == null) {
      return evidence.node();
    }
    Container container = owner.thing();
    String key = container.engine() + " " + container.id() + " " + container.origin();
    FileTree known = trees.get(key);
    if (known == null) {
      known =
          volumes
              ? evidence.mounts().view(owner.runtime(), container)
              : owner.runtime().rootFs(container);
      trees.put(key, known);
    }
    return known;
  }

  /** Why nothing is to be found at or below a path, if it is a mount that the evidence lacks. */
  static Optional<String> whyAbsent(FileTree tree, byte[] path) throws IOException {
    if (!(tree instanceof MountedTree)) {
      return Optional.empty();
    }
    TreePath at = new Lookup(tree).reach(path).path();
    while (at != null) {
      Optional<Lookup.Found> found = new Lookup(tree).tryFind(at.toString());
      if (found.isPresent()) {
        return MountedTree.behind(found.get().node()) instanceof AbsentMount absent
            ? Optional.of("at " + absent.path() + ": " + absent.reason())
            : Optional.empty();
      }
      at = at.parent();
    }
    return Optional.empty();
  }
}
