package drydock.provenance;

import drydock.bytes.CorruptDataException;
import drydock.evidence.ContainerMount;
import drydock.evidence.Evidence;
import drydock.evidence.MountStatus;
import drydock.evidence.Mounts;
import drydock.evidence.PlacedVolume;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Graft;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.kubernetes.Kubelet;
import drydock.overlay.Layer;
import drydock.overlay.OverlayTree;
import drydock.runtime.Container;
import drydock.runtime.Orders;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The directories and files of the node that are known to belong to something. */
final class Anchors {
  private final FileTree node;
  private final FindingLog log;
  private final Lookup lookup;
  private final Map<Object, List<Anchor>> known = new HashMap<>();
  private final Map<String, Anchor.Files> snapshots = new HashMap<>();
  private final List<ContainerView> views = new ArrayList<>();
  private final List<PlacedVolume> volumes = new ArrayList<>();

  private Anchors(FileTree node, FindingLog log) {
    this.node = node;
    this.log = log;
    this.lookup = new Lookup(node);
  }

  /** Reads what the engines and the kubelet tell. */
  static Anchors of(Evidence evidence) throws IOException {
    Anchors anchors = new Anchors(evidence.mounts().node(), evidence.log());
    for (Runtime runtime : evidence.runtimes()) {
      anchors.add(runtime.root(), new Anchor.Root(runtime));
      anchors.addSnapshots(runtime);
      List<Container> containers = new ArrayList<>(runtime.containers());
      containers.sort(Orders.CONTAINERS);
      for (Container container : containers) {
        anchors.addContainer(ContainerView.of(runtime, container, evidence.mounts()));
      }
      for (Pod pod : runtime.pods()) {
        anchors.add(pod.logDirectory(), new Anchor.Logs(pod));
      }
    }
    for (String root : Kubelet.USUAL_ROOTS) {
      anchors.add(root, new Anchor.KubeletRoot());
    }
    anchors.volumes.addAll(evidence.mounts().volumes());
    for (PlacedVolume each : anchors.volumes) {
      anchors.add(each.volume().globalPath(), new Anchor.OfVolume(each.volume()));
      anchors.add(each.volume().path(), new Anchor.OfVolume(each.volume()));
    }
    return anchors;
  }

  FileTree node() {
    return node;
  }

  /** The containers of all engines. */
  List<ContainerView> views() {
    return views;
  }

  List<PlacedVolume> volumes() {
    return volumes;
  }

  /** What a node is known as. */
  List<Anchor> at(Node there) throws IOException {
    return known.getOrDefault(Identities.of(there), List.of());
  }

  private void add(@Nullable String path, Anchor anchor) throws IOException {
    Node there = path == null || !path.startsWith("/") ? null : find(path);
    if (there != null) {
      add(there, anchor);
    }
  }

  private void add(Node there, Anchor anchor) throws IOException {
    List<Anchor> here = known.computeIfAbsent(Identities.of(there), key -> new ArrayList<>());
    if (!here.contains(anchor)) {
      here.add(anchor);
    }
  }

  private @Nullable Node find(String path) throws IOException {
    try {
      return lookup.tryFind(path).map(Lookup.Found::node).orElse(null);
    } catch (CorruptDataException e) {
      log.add(e, node.origin());
      return null;
    }
  }

  private void addSnapshots(Runtime runtime) throws IOException {
    for (Snapshot snapshot : runtime.snapshots()) {
      String path = snapshot.path();
      if (path == null) {
        continue;
      }
      Anchor.Files files = snapshots.get(path);
      if (files == null) {
        files = new Anchor.Files(runtime);
        snapshots.put(path, files);
        add(path, files);
        if (path.endsWith("/" + snapshot.id() + "/fs")) {
          add(path.substring(0, path.length() - "/fs".length()), new Anchor.Home(files));
        }
      }
      files.snapshots().add(snapshot);
    }
  }

  private void addContainer(ContainerView view) throws IOException {
    views.add(view);
    List<SnapshotLink> chain = view.runtime().chain(view.container());
    for (int i = 0; i < chain.size(); i++) {
      String path = chain.get(i).snapshot().path();
      Anchor.Files files = path == null ? null : snapshots.get(path);
      if (files != null) {
        files.users().add(new Anchor.LayerUse(view, layer(view, path, i)));
      }
    }
    for (ContainerMount mount : view.mounts()) {
      addMount(view, mount);
    }
    add(view.container().logPath(), new Anchor.LogFile(view));
  }

  /** Which layer it is; where a snapshot is a whole tree, the first one is all there is. */
  private static @Nullable Integer layer(ContainerView view, @Nullable String path, int link) {
    Mounts.Mounted mounted = view.mounted();
    if (mounted == null) {
      return null;
    }
    if (!(mounted.layers() instanceof OverlayTree overlay)) {
      return link == 0 ? 0 : null;
    }
    int layer = overlay.layers().stream().map(Layer::label).toList().indexOf(path);
    return layer < 0 ? null : Integer.valueOf(layer);
  }

  /** Both what the spec names and what is seen: a part of a volume lies elsewhere. */
  private void addMount(ContainerView view, ContainerMount mount) throws IOException {
    Graft graft = view.graft(mount);
    Node shown = graft != null && mount.status() == MountStatus.PRESENT ? graft.root() : null;
    if (shown != null) {
      add(shown, new Anchor.Source(view, mount, true));
    }
    String source = mount.spec().source();
    Node named = source == null || !source.startsWith("/") ? null : find(source);
    if (named != null && (shown == null || !Identities.of(named).equals(Identities.of(shown)))) {
      add(named, new Anchor.Source(view, mount, false));
    }
  }
}
