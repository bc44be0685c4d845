package drydock.provenance;

import drydock.bytes.Origin;
import drydock.evidence.Evidence;
import drydock.evidence.PlacedVolume;
import drydock.finding.FindingLog;
import drydock.fs.DeletedName;
import drydock.fs.FileTree;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.kubernetes.Volume;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.Lease;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose files of the node are. What engines and the kubelet tell is read once, so that many
 * questions cost little more than one. What is missing is a finding. For one thread.
 */
public final class Provenance {
  private final FindingLog log;
  private final Anchors anchors;
  private final Trails trails;
  private final Map<Runtime, ImageIndex> images = new HashMap<>();

  private Provenance(Anchors anchors, FindingLog log) {
    this.anchors = anchors;
    this.trails = new Trails(anchors, log);
    this.log = log;
  }

  public static Provenance of(Evidence evidence) throws IOException {
    return new Provenance(Anchors.of(evidence), evidence.log());
  }

  /** The tree that paths are looked up in: the node's, with the disks of volumes in it. */
  public FileTree node() {
    return anchors.node();
  }

  /**
   * Whose a path is; links in its directories are followed. It need not be there.
   *
   * @throws java.nio.file.FileSystemLoopException when there are too many links
   */
  public Belonging of(byte[] path) throws IOException {
    Trails.Trail trail = trails.of(path);
    Draft draft = new Draft(trail, erased(trail));
    classify(draft);
    draft.mounts();
    return draft.done();
  }

  private @Nullable DeletedName erased(Trails.Trail trail) throws IOException {
    TreePath parent = trail.path().parent();
    if (trail.node() != null || parent == null) {
      return null;
    }
    Node directory = trails.of(parent.bytes()).node();
    if (directory == null || !directory.meta().isDirectory()) {
      return null;
    }
    List<DeletedName> names = new ArrayList<>();
    try {
      names.addAll(directory.deletedNames());
      names.addAll(directory.pastNames());
    } catch (IOException e) {
      log.add(e, directory.origin());
    }
    Name wanted = trail.path().name();
    return names.stream().filter(each -> each.name().equals(wanted)).findFirst().orElse(null);
  }

  /** The innermost of what is known decides. */
  private void classify(Draft draft) throws IOException {
    List<Trails.Hit> hits = draft.trail.hits();
    for (int i = hits.size() - 1; i >= 0; i--) {
      Trails.Hit hit = hits.get(i);
      List<Name> below = draft.below(hit);
      if (hit.anchor() instanceof Anchor.Files files) {
        snapshot(draft, files, below);
        return;
      }
      if (hit.anchor() instanceof Anchor.Home home) {
        home(draft, home.files(), below);
        return;
      }
      if (hit.anchor() instanceof Anchor.Root root) {
        engine(draft, root.runtime(), EngineFile.of(below));
        return;
      }
    }
    boolean kubelet = pod(draft);
    if (!kubelet) {
      draft.kind = draft.has(Anchor.KubeletRoot.class) ? Kind.KUBELET : Kind.NODE;
      named(draft);
    }
  }

  private void snapshot(Draft draft, Anchor.Files files, List<Name> below) throws IOException {
    TreePath inside = TreePath.ROOT;
    for (Name name : below) {
      inside = inside.child(name);
    }
    draft.inside = inside;
    layer(draft, files);
    for (Anchor.LayerUse use : files.users()) {
      draft.uses.add(use.view().ofLayer(use.layer(), inside));
    }
  }

  /** What is known of a snapshot, whatever of it is meant. */
  private void layer(Draft draft, Anchor.Files files) throws IOException {
    draft.engine = files.runtime().engine();
    draft.snapshots.addAll(files.snapshots());
    ImageIndex index = images(files.runtime());
    for (Snapshot snapshot : files.snapshots()) {
      draft.images.addAll(index.of(snapshot));
      draft.leases.addAll(
          index.leases("snapshots/" + snapshot.snapshotter() + "/" + snapshot.key()));
    }
    boolean used = !files.users().isEmpty();
    draft.kind =
        !draft.images.isEmpty() ? Kind.IMAGE_LAYER : used ? Kind.CONTAINER_LAYER : Kind.SNAPSHOT;
  }

  /** Beside a snapshot's files. */
  private void home(Draft draft, Anchor.Files files, List<Name> below) throws IOException {
    layer(draft, files);
    boolean work = !below.isEmpty() && below.get(0).is("work");
    draft.kind = work ? Kind.OVERLAY_WORK : Kind.SNAPSHOT;
    for (Anchor.LayerUse use : files.users()) {
      if (Integer.valueOf(0).equals(use.layer())) {
        draft.uses.add(Use.of(use.view().container(), Use.By.STATE));
      }
    }
  }

  private void engine(Draft draft, Runtime runtime, EngineFile file) throws IOException {
    draft.engine = runtime.engine();
    draft.kind = file.kind();
    Digest digest = file.digest();
    if (digest != null) {
      ImageIndex index = images(runtime);
      draft.blobs.addAll(index.records(digest));
      draft.images.addAll(index.of(digest));
      draft.leases.addAll(index.leases("content/" + digest));
    }
    String id = file.id();
    if (file.kind() == Kind.SNAPSHOT) {
      draft.note = "no database knows the snapshot " + id;
    } else if (id != null) {
      boolean known = false;
      for (ContainerView view : anchors.views()) {
        if (view.container().id().equals(id)) {
          known = true;
          draft.uses.add(Use.of(view.container(), Use.By.STATE));
        }
      }
      draft.note = known ? null : "no record of the container or sandbox " + id + " is left";
    }
  }

  private boolean pod(Draft draft) {
    PodFile file = PodFile.of(draft.trail.path());
    boolean checkpoint = file != null && file.kind() == Kind.CHECKPOINT;
    if (file == null || (checkpoint && !draft.has(Anchor.KubeletRoot.class))) {
      return false;
    }
    draft.kind = file.kind();
    PodRef pod = podOf(file);
    if (pod != null) {
      draft.pods.add(pod);
    }
    if (file.volume() != null) {
      draft.volume = volume(file);
    }
    boolean perContainer = file.volume() == null && file.container() != null;
    for (ContainerView view : perContainer ? anchors.views() : List.<ContainerView>of()) {
      if (isMeant(file, view.container())) {
        draft.uses.add(Use.of(view.container(), by(file.kind())));
      }
    }
    return true;
  }

  private static Use.By by(Kind kind) {
    return switch (kind) {
      case LOG -> Use.By.LOG;
      case CHECKPOINT -> Use.By.CHECKPOINT;
      default -> Use.By.STATE;
    };
  }

  private static boolean isMeant(PodFile file, Container container) {
    String named = String.valueOf(file.container());
    PodRef pod = container.pod();
    if (container.id().equals(named)) {
      return true;
    }
    if (pod == null || container.name() == null) {
      return false;
    }
    if (file.kind() == Kind.CHECKPOINT) {
      String name = pod.namespace() + "-" + container.name();
      return named.equals(name) && String.valueOf(file.podName()).equals(pod.name());
    }
    return named.equals(container.name())
        && String.valueOf(file.podUid()).equals(pod.uid())
        && (file.attempt() == null || file.attempt().equals(container.attempt()));
  }

  /** The pod that a path names: as a container tells, else what the path tells of it. */
  private @Nullable PodRef podOf(PodFile file) {
    if (file.podUid() == null) {
      return null; // the container tells
    }
    for (ContainerView view : anchors.views()) {
      PodRef pod = view.container().pod();
      if (pod != null && file.podUid().equals(pod.uid())) {
        return new PodRef(pod.namespace(), pod.name(), pod.uid(), null);
      }
    }
    return new PodRef(file.podNamespace(), file.podName(), file.podUid(), null);
  }

  private @Nullable Volume volume(PodFile file) {
    for (PlacedVolume each : anchors.volumes()) {
      Volume volume = each.volume();
      if (String.valueOf(file.podUid()).equals(volume.podUid())
          && String.valueOf(file.volume()).equals(volume.name())) {
        return volume;
      }
    }
    return new Volume(
        file.podUid(), file.volume(), file.plugin(), null, null, null, null, origin(file));
  }

  private Origin origin(PodFile file) {
    return anchors.node().origin().child("volume " + file.volume());
  }

  /** What lies outside of all usual places, and is named by a record. */
  private static void named(Draft draft) {
    for (Trails.Hit hit : draft.trail.hits()) {
      if (hit.anchor() instanceof Anchor.LogFile file) {
        draft.kind = Kind.LOG;
        draft.uses.add(Use.of(file.view().container(), Use.By.LOG));
      } else if (hit.anchor() instanceof Anchor.Logs logs) {
        draft.kind = Kind.LOG;
        Pod pod = logs.pod();
        draft.pods.add(new PodRef(pod.namespace(), pod.name(), pod.uid(), null));
      } else if (hit.anchor() instanceof Anchor.OfVolume of) {
        draft.kind = Kind.VOLUME;
        draft.volume = of.volume();
      }
    }
  }

  private ImageIndex images(Runtime runtime) throws IOException {
    ImageIndex index = images.get(runtime);
    if (index == null) {
      index = ImageIndex.of(runtime);
      images.put(runtime, index);
    }
    return index;
  }

  /** An answer while it is put together. */
  private static final class Draft {
    private final Trails.Trail trail;
    private final @Nullable DeletedName erased;
    private final Set<Snapshot> snapshots = new LinkedHashSet<>();
    private final Set<ImageStep> images = new LinkedHashSet<>();
    private final Set<Use> uses = new LinkedHashSet<>();
    private final Set<PodRef> pods = new LinkedHashSet<>();
    private final List<Blob> blobs = new ArrayList<>();
    private final Set<Lease> leases = new LinkedHashSet<>();
    private Kind kind = Kind.NODE;
    private @Nullable String engine;
    private @Nullable TreePath inside;
    private @Nullable Volume volume;
    private @Nullable String note;

    Draft(Trails.Trail trail, @Nullable DeletedName erased) {
      this.trail = trail;
      this.erased = erased;
    }

    boolean has(Class<? extends Anchor> type) {
      return trail.hits().stream().anyMatch(hit -> type.isInstance(hit.anchor()));
    }

    List<Name> below(Trails.Hit hit) {
      return trail.path().names().subList(hit.depth(), trail.path().depth());
    }

    /** The containers that have it, or what it lies in, mounted. */
    void mounts() {
      for (Trails.Hit hit : trail.hits()) {
        if (hit.anchor() instanceof Anchor.Source source) {
          uses.add(source.view().ofMount(source.mount(), source.shown(), below(hit)));
          kind = kind == Kind.NODE ? Kind.HOST_PATH : kind;
        }
      }
    }

    Belonging done() {
      List<Use> told =
          trail.node() != null ? List.copyOf(uses) : uses.stream().map(Use::unseen).toList();
      for (Use use : told) {
        PodRef pod = use.container().pod();
        if (pod != null) {
          pods.add(new PodRef(pod.namespace(), pod.name(), pod.uid(), null));
        }
      }
      return new Belonging(
          trail.path(),
          trail.node(),
          erased,
          kind,
          engine,
          List.copyOf(snapshots),
          inside,
          List.copyOf(images),
          told,
          List.copyOf(pods),
          volume,
          blobs,
          List.copyOf(leases),
          note);
    }
  }
}
