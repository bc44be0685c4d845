package drydock.drift;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.fs.OrderedWork;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.oci.ImageConfig;
import drydock.overlay.OverlayNode;
import drydock.overlay.OverlayTree;
import drydock.runtime.Container;
import drydock.runtime.Mount;
import drydock.runtime.Runtime;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one container changed. Walking is for one thread; {@link #changes} is safe from many. What
 * cannot be read is a finding, and the walk goes on.
 */
public final class Drift {
  /** The databases of dpkg, apk and rpm. */
  private static final List<String> PACKAGES =
      List.of(
          "/var/lib/dpkg/status",
          "/lib/apk/db/installed",
          "/var/lib/rpm/rpmdb.sqlite",
          "/var/lib/rpm/Packages",
          "/usr/lib/sysimage/rpm/rpmdb.sqlite");

  /** Is shown both sides of each path that may have changed. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Sides sides) throws IOException;
  }

  private final Sides roots;
  private final int own;
  private final MountPoints mountPoints;
  private final Rules.Circumstances known;
  private final FindingLog log;

  private Drift(
      Sides roots, int own, MountPoints mountPoints, Rules.Circumstances known, FindingLog log) {
    this.roots = roots;
    this.own = own;
    this.mountPoints = mountPoints;
    this.known = known;
    this.log = log;
  }

  /**
   * The changes of two trees, the upper one being what became of the lower one.
   *
   * @param mounts those of the container's spec
   * @param imageCreated when its image was made; null is unknown
   */
  public static Drift between(
      FileTree upper,
      FileTree lower,
      List<Mount> mounts,
      @Nullable Instant imageCreated,
      FindingLog log)
      throws IOException {
    Rules.Circumstances known =
        new Rules.Circumstances(imageCreated, hasUntouchedPackages(upper, lower));
    MountPoints mountPoints = new MountPoints(mounts, upper);
    int own = ownLayers(upper, lower);
    return new Drift(Sides.ofRoots(upper.root(), lower.root(), own), own, mountPoints, known, log);
  }

  /** How many layers are the container's own: one but for what was written down in several. */
  private static int ownLayers(FileTree upper, FileTree lower) {
    if (upper instanceof OverlayTree above) {
      int below = lower instanceof OverlayTree overlay ? overlay.layers().size() : 1;
      return Math.max(1, above.layers().size() - below);
    }
    return 1;
  }

  /**
   * The changes of a container.
   *
   * @throws NoSuchFileException when what it wrote, or all that it began with, is not on the disk
   */
  public static Drift of(Runtime runtime, Container container, FindingLog log) throws IOException {
    List<SnapshotLink> chain = runtime.chain(container);
    if (!chain.isEmpty() && !chain.get(0).snapshot().present()) {
      throw new NoSuchFileException(
          "what container " + container.id() + " wrote is not on this disk");
    }
    FileTree merged = runtime.rootFs(container);
    Optional<FileTree> base = runtime.baseFs(container);
    if (base.isEmpty()) {
      throw new NoSuchFileException(
          "container " + container.id() + " began with no files that can be told from its own");
    }
    Instant created = imageCreated(runtime, container, log);
    return between(merged, base.get(), mounts(runtime, container, log), created, log);
  }

  private static List<Mount> mounts(Runtime runtime, Container container, FindingLog log) {
    try {
      return runtime.mounts(container);
    } catch (NoSuchFileException e) {
      String what = "container " + container.id() + " has no spec: its mount points are not known";
      log.add(Finding.missing(container.origin(), what));
    } catch (IOException e) {
      log.add(e, container.origin());
    }
    return List.of();
  }

  private static @Nullable Instant imageCreated(
      Runtime runtime, Container container, FindingLog log) {
    try {
      byte[] config = runtime.documents(container).get("image.config");
      return config == null
          ? null
          : ImageConfig.decode(config, container.origin().child("image.config")).created();
    } catch (IOException e) {
      log.add(e, container.origin());
      return null;
    }
  }

  /** Whether there is a package database, and none that the container changed. */
  private static boolean hasUntouchedPackages(FileTree upper, FileTree lower) throws IOException {
    boolean found = false;
    for (String path : PACKAGES) {
      Optional<Lookup.Found> now = new Lookup(upper).tryFind(path);
      Optional<Lookup.Found> was = new Lookup(lower).tryFind(path);
      if (now.isPresent() != was.isPresent()) {
        return false;
      }
      if (now.isPresent() && was.isPresent()) {
        FileMeta mine = now.get().node().meta();
        FileMeta theirs = was.get().node().meta();
        if (mine.size() != theirs.size() || !mine.times().equals(theirs.times())) {
          return false;
        }
        found = true;
      }
    }
    return found;
  }

  /** Shows both sides of all that may have changed, parents first and names in their order. */
  public void walk(Visitor visitor) throws IOException {
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            roots,
            (path, node, meta) -> {
              if (node instanceof Sides sides) {
                visitor.visit(sides);
              }
            });
  }

  /**
   * What is different of a path: nothing, one change, or two where something was moved over
   * something else. What is the same is {@link ChangeKind#TOUCHED} if it was copied to the upper
   * layer, but nothing where a snapshot is a copy of all.
   */
  public List<Change> changes(Sides sides, OrderedWork.Running running) throws IOException {
    try {
      Side upper = side(sides.path(), sides.upper(), 0);
      Side lower = side(sides.path(), sides.lower(), own);
      Sides.Source source = sides.source();
      List<Change> changes = new ArrayList<>(1);
      if (upper == null || source != null) {
        if (lower != null) {
          changes.add(change(sides, ChangeKind.DELETED, List.of(), null, lower, null));
        }
        if (upper != null && source != null) {
          changes.add(moved(sides, upper, source, running));
        }
        return changes;
      }
      Change change =
          lower == null
              ? change(sides, ChangeKind.ADDED, List.of(), upper, null, null)
              : compared(sides, upper, lower, running);
      boolean isCopyOfAll = !(upper.node() instanceof OverlayNode);
      return change.kind() == ChangeKind.TOUCHED && isCopyOfAll ? List.of() : List.of(change);
    } catch (IOException e) {
      running.check();
      report(sides, e);
      return List.of();
    }
  }

  private static @Nullable Side side(TreePath path, @Nullable Node node, int below)
      throws IOException {
    if (node == null) {
      return null;
    }
    int layer = node instanceof OverlayNode merged ? merged.suppliedBy().index() : 0;
    return new Side(path, node, node.meta(), layer + below);
  }

  private Change moved(Sides sides, Side upper, Sides.Source source, OrderedWork.Running running)
      throws IOException {
    Side lower = side(source.path(), source.node(), own);
    if (lower == null) {
      return change(sides, ChangeKind.MOVED, List.of(), upper, null, null);
    }
    List<String> fields = new ArrayList<>(Comparison.fields(upper, lower));
    String unread = compareContent(upper, lower, fields, running);
    return change(sides, ChangeKind.MOVED, fields, upper, lower, unread);
  }

  private Change compared(Sides sides, Side upper, Side lower, OrderedWork.Running running)
      throws IOException {
    List<String> fields = new ArrayList<>(Comparison.fields(upper, lower));
    String unread = compareContent(upper, lower, fields, running);
    ChangeKind kind;
    if (fields.contains("type") || (upper.meta().isDirectory() && sides.isMadeAnew())) {
      kind = ChangeKind.REPLACED;
    } else if (unread != null || Comparison.isContent(fields)) {
      kind = ChangeKind.MODIFIED;
    } else {
      kind = fields.isEmpty() ? ChangeKind.TOUCHED : ChangeKind.METADATA;
    }
    return change(sides, kind, fields, upper, lower, unread);
  }

  /** Adds the field of the content if that differs; gives why it could not be read. */
  private @Nullable String compareContent(
      Side upper, Side lower, List<String> fields, OrderedWork.Running running) throws IOException {
    if (!Comparison.areFiles(upper.meta(), lower.meta()) || fields.contains("sha256")) {
      return null;
    }
    try {
      if (!Comparison.sameContent(upper.node().content(), lower.node().content(), running)) {
        fields.add("sha256");
      }
      return null;
    } catch (IOException e) {
      running.check();
      log.add(e, upper.node().origin());
      return "it could not be compared: " + e.getMessage();
    }
  }

  private Change change(
      Sides sides,
      ChangeKind kind,
      List<String> fields,
      @Nullable Side upper,
      @Nullable Side lower,
      @Nullable String unread)
      throws IOException {
    boolean byRuntime = upper != null && isByRuntime(sides, kind, fields, upper);
    Suspect suspect =
        Suspect.of(sides.path(), kind, fields, upper, lower, byRuntime ? new byte[0] : head(upper));
    Map<Mark, String> marks = byRuntime ? Map.of() : Rules.marks(suspect, known);
    if (unread != null) {
      marks.put(Mark.UNREADABLE, unread);
    }
    return new Change(sides.path(), kind, fields, upper, lower, marks, byRuntime);
  }

  private boolean isByRuntime(Sides sides, ChangeKind kind, List<String> fields, Side upper)
      throws IOException {
    if (kind == ChangeKind.ADDED) {
      return mountPoints.isMade(sides.path(), upper.node(), upper.meta());
    }
    return kind == ChangeKind.METADATA
        && upper.meta().isDirectory()
        && fields.equals(List.of("modified"))
        && mountPoints.lastChanged(sides.path(), upper.node(), sides.lower());
  }

  private byte[] head(@Nullable Side upper) {
    if (upper == null) {
      return new byte[0];
    }
    try {
      return Contents.head(upper.node(), upper.meta());
    } catch (IOException e) {
      log.add(e, upper.node().origin());
      return new byte[0];
    }
  }

  private void report(Sides sides, IOException e) {
    if (e instanceof CorruptDataException corrupt) {
      log.add(corrupt, corrupt.origin());
      return;
    }
    log.add(e, sides.origin());
  }
}
