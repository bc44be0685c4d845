package drydock.evidence;

import drydock.bytes.CorruptDataException;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.AbsentMount;
import drydock.fs.FileTree;
import drydock.fs.Graft;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.NameText;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.kubernetes.PodManifest;
import drydock.runtime.Container;
import drydock.runtime.Mount;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was mounted in containers, over their layers: the mounts of their specs in the spec's order,
 * each at the place that its destination leads to in what is there by then, as runc makes them
 * (libcontainer/rootfs_linux.go, 1.1); of a frozen container, too, what was mounted later. A later
 * mount over an earlier one hides it. What is not in the evidence is an {@link AbsentMount} that
 * says why. Safe from many threads.
 */
public final class Mounts {
  /** No engine makes as many; more are a hostile spec. */
  static final int MAX_MOUNTS = 2000;

  private static final Set<String> FILES =
      Set.of("etc-hosts", "termination-log", "hostname", "resolv.conf");

  private final Evidence evidence;
  private final FindingLog log;
  private @Nullable NodeVolumes volumes;
  private @Nullable FileTree node;

  /** The mounts of a container, and those of them that can be seen as grafts. */
  private record Made(List<ContainerMount> mounts, List<Graft> grafts) {
    /** One more, over those that lie at its place and below. */
    void add(Mount mount, Lookup.Reached at, Sourced source) throws IOException {
      cover(at.path(), mounts, grafts);
      mounts.add(described(mount, at, source));
      grafts.add(graft(at, source));
    }
  }

  /**
   * A container's mounts, and what they are made of.
   *
   * @param layers its tree without them
   * @param grafts what is seen of them: one for each that no later one covers
   */
  public record Mounted(FileTree layers, List<ContainerMount> mounts, List<Graft> grafts) {}

  Mounts(Evidence evidence) {
    this.evidence = evidence;
    this.log = evidence.log();
  }

  /** A container's mounts, in its spec's order. */
  public List<ContainerMount> of(Runtime runtime, Container container) throws IOException {
    return make(runtime, container, runtime.rootFs(container)).mounts;
  }

  /**
   * A container's tree with everything that was mounted in it. {@link MountedTree#through} tells of
   * its nodes which mount they belong to. That a mount is a guess is a note in the log.
   */
  public FileTree view(Runtime runtime, Container container) throws IOException {
    FileTree layers = runtime.rootFs(container);
    Made made = make(runtime, container, layers);
    for (ContainerMount mount : made.mounts) {
      if (mount.guess() && mount.status() == MountStatus.PRESENT) {
        log.add(Finding.note(mount.source(), mount.at() + ": " + mount.note()));
      }
    }
    return made.grafts.isEmpty() ? layers : MountedTree.telling(layers, made.grafts);
  }

  /** A container's mounts with what they are made of. */
  public Mounted mounted(Runtime runtime, Container container) throws IOException {
    FileTree layers = runtime.rootFs(container);
    Made made = make(runtime, container, layers);
    return new Mounted(layers, made.mounts, made.grafts);
  }

  /** The volumes of all pods. */
  public synchronized List<PlacedVolume> volumes() throws IOException {
    return known().placed();
  }

  private synchronized NodeVolumes known() throws IOException {
    if (volumes == null) {
      volumes = new NodeVolumes(evidence);
    }
    return volumes;
  }

  /** The node with the disks of volumes in their places; they are looked for if there are any. */
  public synchronized FileTree node() throws IOException {
    if (node == null) {
      node = evidence.added().isEmpty() ? evidence.node() : known().tree();
    }
    return node;
  }

  private Made make(Runtime runtime, Container container, FileTree layers) throws IOException {
    MountSources sources = sources(runtime, container);
    List<Mount> specified = specified(runtime, container);
    PodManifest manifest = manifest(runtime, container);
    Made made = make(specified, sources, manifest, layers, Set.of());
    if (sources instanceof FrozenSources frozen) {
      Set<TreePath> unmounted = frozen.unmounted(made.mounts);
      if (!unmounted.isEmpty()) {
        made = make(specified, sources, manifest, layers, unmounted);
      }
      for (LaterMounts.Later each : frozen.later(List.copyOf(made.mounts))) {
        made.add(each.mount(), place(layers, made.grafts, each.at().bytes()), each.source());
      }
    }
    return new Made(List.copyOf(made.mounts), List.copyOf(made.grafts));
  }

  /**
   * @param unmounted the places of which nothing is seen
   */
  private Made make(
      List<Mount> specified,
      MountSources sources,
      @Nullable PodManifest manifest,
      FileTree layers,
      Set<TreePath> unmounted)
      throws IOException {
    Made made = new Made(new ArrayList<>(), new ArrayList<>());
    for (Mount mount : specified) {
      byte[] destination = mount.destination().getBytes(StandardCharsets.UTF_8);
      Lookup.Reached at = place(layers, made.grafts, destination);
      Sourced source = sources.of(mount, at.path(), manifest);
      if (unmounted.contains(at.path())) {
        made.mounts.add(described(mount, at, source).unmounted());
      } else {
        made.add(mount, at, source);
      }
    }
    return made;
  }

  private static ContainerMount described(Mount mount, Lookup.Reached at, Sourced source) {
    return new ContainerMount(
        mount,
        at.path(),
        source.kind(),
        source.volume(),
        source.subPath(),
        source.status(),
        source.note(),
        source.guess(),
        source.origin());
  }

  private MountSources sources(Runtime runtime, Container container) throws IOException {
    Optional<FrozenRuntime> frozen = evidence.frozen();
    if (frozen.isEmpty()) {
      NodeVolumes placed = evidence.added().isEmpty() ? null : known();
      return new Sources(node(), placed, log);
    }
    Optional<Evidence> node = evidence.nodeOfFrozen();
    MountSources later = node.isEmpty() ? null : node.get().mounts().sources(runtime, container);
    boolean knowsLinks = runtime.baseFs(container).isPresent();
    return new FrozenSources(frozen.get().checkpoint(container), later, knowsLinks, log);
  }

  private List<Mount> specified(Runtime runtime, Container container) throws IOException {
    List<Mount> mounts;
    try {
      mounts = runtime.mounts(container);
    } catch (NoSuchFileException e) {
      String what = "what was mounted is not known: " + e.getFile();
      log.add(Finding.missing(container.origin(), what));
      return List.of();
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return List.of();
    }
    if (mounts.size() > MAX_MOUNTS) {
      String what = "the spec has " + mounts.size() + " mounts, shown are " + MAX_MOUNTS;
      log.add(Finding.damage(container.origin(), 0, what));
      return mounts.subList(0, MAX_MOUNTS);
    }
    return mounts;
  }

  /** Where a destination leads, with the links of the layers and of the mounts before it. */
  private Lookup.Reached place(FileTree layers, List<Graft> grafts, byte[] path)
      throws IOException {
    FileTree soFar = grafts.isEmpty() ? layers : MountedTree.of(layers, grafts);
    try {
      return new Lookup(soFar).reach(path);
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    } catch (FileSystemLoopException e) {
      log.add(
          Finding.damage(layers.origin().child(NameText.of(path)), 0, "too many links lead there"));
    }
    return new Lookup.Reached(TreePath.of(path), null);
  }

  /** Hides the mounts at a path and below it. */
  private static void cover(TreePath at, List<ContainerMount> mounts, List<Graft> grafts) {
    for (int i = 0; i < mounts.size(); i++) {
      ContainerMount each = mounts.get(i);
      if (lies(each.at(), at)
          && each.status() != MountStatus.COVERED
          && each.status() != MountStatus.UNMOUNTED) {
        mounts.set(i, each.coveredBy(at));
      }
    }
    grafts.removeIf(graft -> lies(graft.at(), at));
  }

  private static boolean lies(TreePath path, TreePath at) {
    return path.depth() >= at.depth() && path.names().subList(0, at.depth()).equals(at.names());
  }

  private static Graft graft(Lookup.Reached at, Sourced source) throws IOException {
    FileTree tree = source.tree();
    Lookup.Found found = source.found();
    if (tree != null && found != null) {
      return new Graft(at.path(), tree, found.path(), found.node(), source.note());
    }
    String note = String.valueOf(source.note());
    Node absent = new AbsentMount(at.path(), type(at.node(), source), note, source.origin());
    return new Graft(at.path(), new EmptyTree(source.origin()), TreePath.ROOT, absent, note);
  }

  private static NodeType type(@Nullable Node there, Sourced source) throws IOException {
    boolean file = there == null ? FILES.contains(source.kind()) : there.meta().isFile();
    return file ? NodeType.FILE : NodeType.DIRECTORY;
  }

  private static @Nullable PodManifest manifest(Runtime runtime, Container container)
      throws IOException {
    PodRef ref = container.pod();
    if (ref == null || ref.sandboxId() == null) {
      return null;
    }
    for (Pod pod : runtime.pods()) {
      if (pod.sandboxId().equals(ref.sandboxId())) {
        return PodManifest.of(pod.annotations(), pod.origin()).orElse(null);
      }
    }
    return null;
  }
}
