package drydock.evidence;

import drydock.bytes.CorruptDataException;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Graft;
import drydock.fs.MountedTree;
import drydock.fs.TreePath;
import drydock.kubernetes.Kubelet;
import drydock.kubernetes.KubeletPath;
import drydock.kubernetes.Storage;
import drydock.kubernetes.Volume;
import drydock.runtime.Container;
import drydock.runtime.Mount;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The volumes of a node's pods, each with the disk that holds it where that was added. */
final class NodeVolumes {
  private final Evidence evidence;
  private final FindingLog log;
  private final Map<String, Volume> volumes = new LinkedHashMap<>();
  private final Map<String, SortedSet<String>> users = new LinkedHashMap<>();
  private final Map<String, SortedSet<String>> destinations = new LinkedHashMap<>();
  private final Map<Volume, VolumeDisks.Store> stores = new LinkedHashMap<>();

  /** Reads what the kubelet left, and every container's mounts. */
  NodeVolumes(Evidence evidence) throws IOException {
    this.evidence = evidence;
    this.log = evidence.log();
    Map<String, Volume> mounted = new LinkedHashMap<>();
    SortedSet<String> roots = new TreeSet<>(Kubelet.USUAL_ROOTS);
    for (Runtime runtime : evidence.runtimes()) {
      for (Container container : runtime.containers()) {
        addMounts(runtime, container, mounted, roots);
      }
    }
    int unnamed = 0;
    for (String root : roots) {
      for (Volume volume : new Kubelet(evidence.node(), root, log).volumes()) {
        String key = key(volume.podUid(), volume.name());
        volumes.put(volume.podUid() == null ? "global " + unnamed++ : key, volume);
      }
    }
    mounted.forEach(volumes::putIfAbsent);
    place();
  }

  private void addMounts(
      Runtime runtime, Container container, Map<String, Volume> mounted, SortedSet<String> roots)
      throws IOException {
    for (Mount mount : mounts(runtime, container)) {
      String source = mount.source();
      KubeletPath path = source == null ? null : KubeletPath.parse(source).orElse(null);
      if (path == null) {
        continue;
      }
      roots.add(path.root());
      Optional<Volume> volume = path.volume(container.origin());
      if (volume.isPresent()) {
        String key = key(path.podUid(), path.name());
        mounted.putIfAbsent(key, volume.get());
        String user = container.id() + ":" + mount.destination();
        users.computeIfAbsent(key, k -> new TreeSet<>()).add(user);
        destinations.computeIfAbsent(key, k -> new TreeSet<>()).add(mount.destination());
      }
    }
  }

  private static List<Mount> mounts(Runtime runtime, Container container) {
    try {
      return runtime.mounts(container);
    } catch (IOException e) {
      return List.of(); // told to whoever asks for that container
    }
  }

  private static String key(@Nullable String podUid, @Nullable String name) {
    return podUid + "/" + name;
  }

  /** Pods that share a claim share a disk: what tells is the handle, else each has its own. */
  private void place() throws IOException {
    List<OpenedDisk> added = evidence.added();
    if (added.isEmpty()) {
      return;
    }
    Map<String, VolumeDisks.Store> byKey = new LinkedHashMap<>();
    for (Map.Entry<String, Volume> each : volumes.entrySet()) {
      Volume volume = each.getValue();
      if (mayBeOnDisk(volume)) {
        String key = volume.handle() == null ? each.getKey() : "handle " + volume.handle();
        VolumeDisks.Store store = byKey.computeIfAbsent(key, k -> new VolumeDisks.Store());
        store.volumes.add(volume);
        store.destinations.addAll(destinations.getOrDefault(each.getKey(), new TreeSet<>()));
        stores.put(volume, store);
      }
    }
    joinLone(byKey);
    List<VolumeDisks.Store> distinct = stores.values().stream().distinct().toList();
    VolumeDisks.of(added, evidence).assign(distinct);
  }

  /** Only one volume that the node had for no known pod, and one pod's that it may be: it is. */
  private void joinLone(Map<String, VolumeDisks.Store> byKey) {
    List<VolumeDisks.Store> globals = new ArrayList<>();
    List<VolumeDisks.Store> pods = new ArrayList<>();
    for (VolumeDisks.Store store : byKey.values()) {
      boolean known = store.volumes.stream().anyMatch(v -> v.podUid() != null);
      boolean global = store.volumes.stream().anyMatch(v -> v.globalPath() != null);
      if (!known) {
        globals.add(store);
      } else if (!global && store.volumes.stream().allMatch(v -> v.handle() == null)) {
        pods.add(store);
      }
    }
    if (globals.size() == 1 && pods.size() == 1) {
      VolumeDisks.Store pod = pods.get(0);
      for (Volume global : globals.get(0).volumes) {
        pod.volumes.add(global);
        stores.put(global, pod);
      }
    }
  }

  private boolean mayBeOnDisk(Volume volume) throws IOException {
    Storage storage = volume.storage();
    boolean may = storage == null || storage == Storage.DISK;
    return may && (volume.path() == null || !hasContent(volume.path()));
  }

  private boolean hasContent(String path) throws IOException {
    return !new NodeFiles(evidence.node(), log).names(path).isEmpty();
  }

  /** The volume of that name of a pod, and its disk, if one was added that holds it. */
  Optional<VolumeDisks.Store> store(KubeletPath path) {
    Volume volume = volumes.get(key(path.podUid(), path.name()));
    VolumeDisks.Store store = volume == null ? null : stores.get(volume);
    return store == null || store.disk() == null ? Optional.empty() : Optional.of(store);
  }

  /** The node with the disks of volumes where it had them. */
  FileTree tree() throws IOException {
    FileTree node = evidence.node();
    List<Graft> grafts = new ArrayList<>();
    for (Map.Entry<Volume, VolumeDisks.Store> each : stores.entrySet()) {
      OpenedPartition disk = each.getValue().disk();
      FileTree tree = disk == null ? null : open(disk);
      if (tree == null) {
        continue;
      }
      for (String path : new String[] {each.getKey().globalPath(), each.getKey().path()}) {
        if (path != null) {
          grafts.add(new Graft(TreePath.of(path), tree, TreePath.ROOT, tree.root()));
        }
      }
    }
    return grafts.isEmpty() ? node : MountedTree.of(node, grafts);
  }

  private @Nullable FileTree open(OpenedPartition disk) throws IOException {
    try {
      return disk.tree();
    } catch (CorruptDataException | UnsupportedFormatException e) {
      String what = "the volume on it is missing: " + e.getMessage();
      log.add(Finding.missing(disk.partition().bytes().origin(), what));
      return null;
    }
  }

  /** All of them, with what the evidence has of each. */
  List<PlacedVolume> placed() throws IOException {
    List<PlacedVolume> placed = new ArrayList<>();
    for (Map.Entry<String, Volume> each : volumes.entrySet()) {
      SortedSet<String> usedBy = users.getOrDefault(each.getKey(), new TreeSet<>());
      placed.add(placed(each.getValue(), usedBy));
    }
    return placed;
  }

  private PlacedVolume placed(Volume volume, SortedSet<String> usedBy) throws IOException {
    VolumeDisks.Store store = stores.get(volume);
    OpenedPartition disk = store == null ? null : store.disk();
    if (store != null && disk != null) {
      return new PlacedVolume(
          volume, MountStatus.PRESENT, store.why(), disk, store.guess(), usedBy);
    }
    String path = volume.path();
    Sourced there =
        path == null
            ? Sources.unknown(volume, evidence.origin())
            : new Sources(evidence.node(), null, log).volume(volume, path, false);
    return new PlacedVolume(volume, there.status(), there.note(), null, false, usedBy);
  }
}
