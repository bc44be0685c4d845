package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.Problem;
import drydock.cli.select.Owned;
import drydock.cli.select.PathArgument;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.AbsentMount;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.overlay.OverlayNode;
import drydock.overlay.OverlayTree;
import drydock.overlay.Version;
import drydock.overlay.Versions;
import drydock.report.Escape;
import drydock.report.FileRow;
import drydock.runtime.Container;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/**
 * A command on files of the node or of containers' merged views. A path that cannot be read is said
 * on standard error, and the others are still shown.
 */
abstract class FileCommand extends NodeCommand {
  @Mixin VolumesOption volumes = new VolumesOption();

  /**
   * A file that was named.
   *
   * @param typed as it was typed
   * @param path free of links
   * @param nameless whether it was named by its inode's number; then the path means nothing
   */
  record Place(
      String typed,
      @Nullable Owned<Container> owner,
      FileTree tree,
      TreePath path,
      Node node,
      boolean nameless) {
    /** The row that shows the file itself. */
    FileRow row(FindingLog log) throws IOException {
      return nameless ? FileRow.ofInode(node, node.meta(), log) : row(path, node, node.meta(), log);
    }

    /** The row that shows a node of the same tree. */
    FileRow row(TreePath at, Node there, FileMeta meta, FindingLog log) {
      return new FileRow(at, there, meta, layer(there), null, Map.of(), log);
    }

    /**
     * A container whose view is not merged has but one layer, its own; the node has none, nor has
     * what was mounted.
     */
    private @Nullable Integer layer(Node there) {
      if (owner == null || MountedTree.through(there).isPresent()) {
        return null;
      }
      return MountedTree.behind(there) instanceof OverlayNode merged
          ? Integer.valueOf(merged.suppliedBy().index())
          : Integer.valueOf(0);
    }
  }

  /** Does something with one file that was named. */
  @FunctionalInterface
  interface Work {
    void on(Place place) throws IOException;
  }

  private boolean failed;

  FileCommand(Console console) {
    super(console);
  }

  /** What each text means, checked before anything is written. */
  final List<Target> targets(Evidence evidence, List<String> texts) throws IOException {
    List<Target> targets = new ArrayList<>();
    for (String text : texts) {
      PathArgument argument =
          PathArgument.parse(text)
              .orElseThrow(
                  () ->
                      usage(
                          "'"
                              + Escape.text(text)
                              + "' is no path: type /path on the node or CONTAINER:/path"));
      String selector = argument.container();
      targets.add(new Target(text, owner(evidence, selector), argument.path(), 0));
    }
    return targets;
  }

  /** The same for paths and numbers of inodes, of which there must be one at least. */
  final List<Target> targets(Evidence evidence, List<String> texts, List<Long> inodes)
      throws IOException {
    if (texts.isEmpty() && inodes.isEmpty()) {
      throw usage("which file? Type a PATH, or --inode N");
    }
    if (!inodes.isEmpty()
        && evidence.node() instanceof MountedTree mounted
        && mounted.trees().size() > 1) {
      throw usage("the node has several file systems: --inode needs --partition to tell which one");
    }
    List<Target> targets = targets(evidence, texts);
    for (long inode : inodes) {
      targets.add(new Target("inode " + inode, null, new byte[0], inode));
    }
    return targets;
  }

  /** A path that was typed, with its container found; or an inode's number, else 0. */
  record Target(String typed, @Nullable Owned<Container> owner, byte[] path, long inode) {}

  /** Works on each; what fails is said, and {@link #exitCode} tells that not all could be done. */
  final void each(Evidence evidence, List<Target> targets, boolean follow, Work work)
      throws IOException {
    for (Target target : targets) {
      try {
        Place place = find(evidence, target, follow);
        work.on(place);
        tellAbsence(place);
      } catch (IOException e) {
        if (console.out().isClosedByReader()) {
          throw e;
        }
        String where = Escape.text(target.typed());
        String what = Problem.of(e) + absence(evidence, target) + deletion(e, target);
        console.say("drydock: " + (what.contains(where) ? what : where + ": " + what));
        failed = true;
      }
    }
  }

  /** What is to be returned when all was worked on. */
  final int exitCode() {
    return failed ? ExitCode.COULD_NOT : ExitCode.DONE;
  }

  /** The tree in which a path is looked up. */
  FileTree tree(Evidence evidence, @Nullable Owned<Container> owner) throws IOException {
    return volumes.tree(evidence, owner);
  }

  private Place find(Evidence evidence, Target target, boolean follow) throws IOException {
    FileTree tree = tree(evidence, target.owner());
    if (target.inode() != 0) {
      Node node = tree.node(target.inode());
      return new Place(target.typed(), null, tree, TreePath.ROOT, node, true);
    }
    Lookup.Found found = new Lookup(tree).find(target.path(), follow);
    return new Place(target.typed(), target.owner(), tree, found.path(), found.node(), false);
  }

  /** Says why there is nothing where somebody looks for something. */
  private void tellAbsence(Place place) throws IOException {
    if (!common().quiet()
        && MountedTree.behind(place.node()) instanceof AbsentMount absent
        && absent.meta().isDirectory()) {
      String was = Escape.text(absent.path() + ": " + absent.reason());
      console.say("drydock: nothing can be shown of " + was);
    }
  }

  /** Why a path is not there, where that is because of a mount; else empty. */
  private String absence(Evidence evidence, Target target) {
    if (target.owner() == null) {
      return "";
    }
    try {
      FileTree tree = volumes.tree(evidence, target.owner());
      return VolumesOption.whyAbsent(tree, target.path())
          .map(why -> "; " + Escape.text(why))
          .orElse("");
    } catch (IOException e) {
      return ""; // the first error is the one to be told
    }
  }

  /** Which layer deleted a path, and which one has it; else empty. */
  private static String deletion(IOException error, Target target) {
    Owned<Container> owner = target.owner();
    if (owner == null || !(error instanceof NoSuchFileException)) {
      return "";
    }
    try {
      return owner.runtime().rootFs(owner.thing()) instanceof OverlayTree layers
          ? deletion(new Versions(layers).of(new Lookup(layers).reach(target.path()).path()))
          : "";
    } catch (IOException e) {
      return ""; // the first error is the one to be told
    }
  }

  private static String deletion(List<Version> versions) {
    if (versions.size() < 2 || !versions.get(0).isDeletion()) {
      return "";
    }
    int by = versions.get(0).layer();
    for (Version each : versions) {
      if (!each.isDeletion()) {
        return "; deleted in layer "
            + by
            + ", 'cat --layer "
            + each.layer()
            + "' has what was there";
      }
    }
    return "";
  }

  /** The error for something without content where a file is wanted. */
  static IOException notAFile(Place place, NodeType type) {
    String path = place.nameless() ? place.typed() : Escape.bytes(place.path().bytes());
    return new FileSystemException(path, null, "a " + type.label() + " has no content");
  }
}
