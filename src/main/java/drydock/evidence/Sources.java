package drydock.evidence;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.TreePath;
import drydock.kubernetes.KubeletPath;
import drydock.kubernetes.PodManifest;
import drydock.kubernetes.Storage;
import drydock.kubernetes.Volume;
import drydock.runtime.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what mounts were made from: on the node, on the disk of a volume, or not at all. */
final class Sources implements MountSources {
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "devtmpfs");
  private static final Set<String> OF_KERNEL =
      Set.of(
          "proc",
          "sysfs",
          "cgroup",
          "cgroup2",
          "devpts",
          "mqueue",
          "securityfs",
          "debugfs",
          "tracefs",
          "bpf",
          "configfs",
          "fusectl",
          "hugetlbfs",
          "pstore",
          "binfmt_misc");

  /** Directories of a node that are in memory on every Linux system that runs containers. */
  private static final Set<String> NODE_MEMORY = Set.of("run", "dev", "proc", "sys");

  private final FileTree node;
  private final @Nullable NodeVolumes volumes;
  private final FindingLog log;

  Sources(FileTree node, @Nullable NodeVolumes volumes, FindingLog log) {
    this.node = node;
    this.volumes = volumes;
    this.log = log;
  }

  @Override
  public Sourced of(Mount mount, TreePath at, @Nullable PodManifest manifest) throws IOException {
    String type = mount.type();
    List<String> options = mount.options();
    String source = mount.source();
    boolean bound = options.contains("bind") || options.contains("rbind");
    if (type != null && !type.equals("bind") && !bound) {
      return ofType(type, options, source);
    }
    if (source == null || !source.startsWith("/")) {
      String what = "the spec names no path that it was made from";
      return Sourced.absent("bind", null, MountStatus.MISSING, what, node.origin());
    }
    Optional<KubeletPath> path = KubeletPath.parse(source);
    if (path.isPresent() && path.get().part() == KubeletPath.Part.SUB_PATH) {
      return new SubPaths(this, node, volumes).of(path.get(), source, at, manifest);
    }
    if (path.isPresent() && path.get().part() == KubeletPath.Part.VOLUME) {
      Volume volume = path.get().volume(node.origin()).orElseThrow();
      boolean inMemory = manifest != null && manifest.isInMemory(String.valueOf(volume.name()));
      return marked(volume(volume, source, inMemory), path.get());
    }
    return plain(kind(path, source), source);
  }

  private Sourced ofType(String type, List<String> options, @Nullable String source) {
    return ofType(type, options, source, node.origin().child(type + " mount"));
  }

  /** What was mounted that no path of the node is. */
  static Sourced ofType(String type, List<String> options, @Nullable String source, Origin origin) {
    if (IN_MEMORY.contains(type)) {
      String copied =
          options.contains("tmpcopyup") ? "; it began as a copy of what the layers have there" : "";
      return Sourced.absent(type, null, MountStatus.MEMORY, type + ", in memory" + copied, origin);
    }
    if (OF_KERNEL.contains(type)) {
      return Sourced.absent(
          type, null, MountStatus.KERNEL, type + ", which the kernel makes up", origin);
    }
    String what = "a file system of type " + type + " from " + source + ", which is not looked for";
    return Sourced.absent(type, null, MountStatus.ELSEWHERE, what, origin);
  }

  /** What a path of the node that was mounted is. */
  static String kind(Optional<KubeletPath> path, String source) {
    if (path.isPresent()) {
      return path.get().part() == KubeletPath.Part.HOSTS ? "etc-hosts" : "termination-log";
    }
    String name = source.substring(source.lastIndexOf('/') + 1);
    boolean engines = source.contains("/sandboxes/") || source.contains("/containers/");
    if (engines && Set.of("hostname", "hosts", "resolv.conf", "shm").contains(name)) {
      return name.equals("hosts") ? "etc-hosts" : name;
    }
    if (source.contains("/io.containerd.grpc.v1.cri/containers/")) {
      return "image-volume";
    }
    return source.contains("/volumes/") && name.equals("_data") ? "named-volume" : "host-path";
  }

  /** Says where the disk of a volume was found. */
  private Sourced marked(Sourced sourced, KubeletPath path) {
    Optional<VolumeDisks.Store> store = volumes == null ? Optional.empty() : volumes.store(path);
    return store.isEmpty() || sourced.tree() == null
        ? sourced
        : sourced.saying(said(store.get()), store.get().guess());
  }

  /** What told that a disk holds a volume. */
  static String said(VolumeDisks.Store store) {
    return (store.guess() ? "a guess: " : "") + store.why();
  }

  /** A volume, or a path in it; {@code inMemory} when its pod asked for that. */
  Sourced volume(Volume volume, String source, boolean inMemory) throws IOException {
    String plugin = String.valueOf(volume.plugin());
    String kind = Storage.kind(plugin);
    Optional<Lookup.Found> found = find(node, source);
    Origin origin = node.origin().child(source);
    boolean empty = found.isPresent() && isEmpty(found.get());
    Storage storage = Storage.of(plugin);
    if (found.isPresent() && !empty) {
      return Sourced.present(kind, volume.name(), node, found.get());
    }
    if (storage == Storage.DISK) {
      return Sourced.absent(
          kind, volume.name(), MountStatus.ELSEWHERE, elsewhere(volume, kind), origin);
    }
    if (storage == Storage.NETWORK) {
      String what = "a volume of type " + kind + ", which was on another machine";
      return Sourced.absent(kind, volume.name(), MountStatus.ELSEWHERE, what, origin);
    }
    if (storage == Storage.MEMORY || inMemory) {
      String what = "a volume of type " + kind + ", which was in memory";
      return Sourced.absent(kind, volume.name(), MountStatus.MEMORY, what, origin);
    }
    if (found.isEmpty()) {
      return Sourced.absent(kind, volume.name(), MountStatus.MISSING, gone(source), origin);
    }
    Sourced present = Sourced.present(kind, volume.name(), node, found.get());
    return kind.equals("empty-dir")
        ? present.saying("empty on the disk, as one in memory is, too", false)
        : present;
  }

  private static String elsewhere(Volume volume, String kind) {
    String driver = volume.driver() == null ? "" : " of " + volume.driver();
    String handle = volume.handle() == null ? "" : " (" + volume.handle() + ")";
    return "a volume of type "
        + kind
        + driver
        + handle
        + " on a disk of its own: add it with --disk";
  }

  /** A volume of which only sub paths tell. */
  static Sourced unknown(Volume volume, Origin origin) {
    String what =
        "only its sub paths are known; if it was on a disk of its own, add it with --disk";
    return Sourced.absent("unknown", volume.name(), MountStatus.ELSEWHERE, what, origin);
  }

  private Sourced plain(String kind, String source) throws IOException {
    Optional<Lookup.Found> found = find(node, source);
    if (found.isPresent()) {
      return Sourced.present(kind, null, node, found.get());
    }
    Origin origin = node.origin().child(source);
    List<Name> names = reached(source).names();
    if (!names.isEmpty() && NODE_MEMORY.contains(names.get(0).toString())) {
      String what = "in the node's /" + names.get(0) + ", which was in memory";
      return Sourced.absent(kind, null, MountStatus.MEMORY, what, origin);
    }
    return Sourced.absent(kind, null, MountStatus.MISSING, gone(source), origin);
  }

  private TreePath reached(String source) throws IOException {
    try {
      return new Lookup(node).reach(source.getBytes(StandardCharsets.UTF_8)).path();
    } catch (CorruptDataException | FileSystemLoopException e) {
      return TreePath.of(source);
    }
  }

  /** Why a path of the node is not there, as far as that can be told. */
  String gone(String source) throws IOException {
    Optional<KubeletPath> path = KubeletPath.parse(source);
    boolean podGone = path.isPresent() && find(node, path.get().podDirectory()).isEmpty();
    return podGone
        ? "the kubelet removed the pod's directory: " + source
        : "not on the node: " + source;
  }

  /** What lies at a path; damage on the way is a finding, and then nothing does. */
  Optional<Lookup.Found> find(FileTree tree, String path) throws IOException {
    try {
      return new Lookup(tree).tryFind(path);
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return Optional.empty();
    }
  }

  /** Whether there is nothing in a directory or file, but for what mkfs makes. */
  boolean isEmpty(Lookup.Found found) throws IOException {
    try {
      return found.node().meta().isDirectory()
          ? found.node().list().isEmpty()
          : found.node().meta().size() == 0;
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return false;
    }
  }
}
