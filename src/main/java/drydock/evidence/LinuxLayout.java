package drydock.evidence;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileSystemInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any other Linux node: the partition with a root on it, what its fstab mounts there, and what no
 * fstab speaks of and its superblock says to have been mounted at one of the well-known places.
 */
final class LinuxLayout {
  /**
   * Places that a superblock is believed on. A volume's says where its container had it: not these.
   */
  private static final Set<String> OF_ENGINES =
      Set.of(
          "/var",
          "/var/lib",
          "/var/lib/containerd",
          "/var/lib/containers",
          "/var/lib/docker",
          "/var/lib/kubelet",
          "/var/lib/rancher");

  /** Likewise, but of the root's own disk only: containers have these, too. */
  private static final Set<String> OF_SYSTEMS = Set.of("/home", "/opt", "/srv", "/usr", "/var/log");

  private final List<OpenedDisk> disks;
  private final Origin origin;
  private final FindingLog log;

  LinuxLayout(List<OpenedDisk> disks, Origin origin, FindingLog log) {
    this.disks = disks;
    this.origin = origin;
    this.log = log;
  }

  /**
   * The node.
   *
   * @throws UnsupportedFormatException when there is no file system that can be read
   */
  Composition compose() throws IOException {
    List<OpenedPartition> readable = readable();
    if (readable.isEmpty()) {
      throw new NoFileSystem(disks, origin).asException();
    }
    Optional<OpenedPartition> root = root(readable);
    Composition node;
    if (root.isPresent()) {
      node = new Composition(root.get().tree(), log);
      node.role(root.get(), "/");
      new FstabMounts(disks, node, log).apply();
    } else {
      node = new Composition(new EmptyTree(origin), log);
    }
    mountWhereLastMounted(readable, root.orElse(null), node);
    if (root.isPresent() || !node.roles().isEmpty()) {
      return node;
    }
    return alone(readable);
  }

  /** Nothing tells what it is: the largest file system stands for the node as it is. */
  private Composition alone(List<OpenedPartition> readable) throws IOException {
    OpenedPartition largest = readable.get(0);
    for (OpenedPartition each : readable) {
      largest = each.partition().length() > largest.partition().length() ? each : largest;
    }
    Composition node = new Composition(largest.tree(), log);
    node.role(largest, "/ (nothing looks like a root)");
    log.add(
        Finding.note(
            largest.partition().bytes().origin(),
            "no root file system was found: this one is shown as it is"));
    return node;
  }

  private List<OpenedPartition> readable() throws IOException {
    List<OpenedPartition> readable = new ArrayList<>();
    for (OpenedDisk disk : disks) {
      for (OpenedPartition each : disk.partitions()) {
        if (each.whyNot().isEmpty()) {
          readable.add(each);
        }
      }
    }
    return readable;
  }

  /**
   * The likeliest that really has an {@code /etc}; an os-release in it counts more than all else.
   */
  private Optional<OpenedPartition> root(List<OpenedPartition> readable) throws IOException {
    List<OpenedPartition> byLikelihood = new ArrayList<>(readable);
    Map<OpenedPartition, Integer> scores = new IdentityHashMap<>();
    for (OpenedPartition each : readable) {
      scores.put(each, likelihood(each));
    }
    byLikelihood.sort(Comparator.comparing((OpenedPartition p) -> -scores.getOrDefault(p, 0)));
    OpenedPartition second = null;
    for (OpenedPartition each : byLikelihood) {
      try {
        NodeFiles files = new NodeFiles(each.tree(), log);
        boolean hasEtc = files.isDirectory("/etc");
        if (hasEtc && files.text("/etc/os-release", 1).isPresent()) {
          return Optional.of(each);
        }
        second = hasEtc && second == null ? each : second;
      } catch (CorruptDataException | UnsupportedFormatException e) {
        String what = "cannot be read: " + e.getMessage();
        log.add(Finding.missing(each.partition().bytes().origin(), what));
      }
    }
    return Optional.ofNullable(second);
  }

  private static int likelihood(OpenedPartition partition) throws IOException {
    Optional<FileSystemInfo> info = partition.fileSystem();
    String mounted = info.map(FileSystemInfo::lastMounted).orElse("");
    String type = partition.partition().typeName();
    int score = "/".equals(mounted) ? 4 : 0;
    score += type != null && type.startsWith("Linux root") ? 2 : 0;
    String label = info.map(FileSystemInfo::label).orElse("");
    return score + (label != null && label.toLowerCase(Locale.ROOT).contains("root") ? 1 : 0);
  }

  private void mountWhereLastMounted(
      List<OpenedPartition> readable, @Nullable OpenedPartition root, Composition node)
      throws IOException {
    List<OpenedPartition> parentsFirst = new ArrayList<>(readable);
    parentsFirst.removeIf(each -> each == root || node.hasRole(each));
    Map<OpenedPartition, String> places = new IdentityHashMap<>();
    for (OpenedPartition each : parentsFirst) {
      String mounted = each.fileSystem().map(FileSystemInfo::lastMounted).orElse(null);
      boolean believed =
          mounted != null
              && (OF_ENGINES.contains(mounted)
                  || (OF_SYSTEMS.contains(mounted) && root != null && onDiskOf(root, each)));
      if (believed) {
        places.put(each, mounted);
      }
    }
    parentsFirst.removeIf(each -> !places.containsKey(each));
    parentsFirst.sort(Comparator.comparing((OpenedPartition p) -> String.valueOf(places.get(p))));
    for (OpenedPartition each : parentsFirst) {
      String at = String.valueOf(places.get(each));
      if (node.mount(each, "/", at)) {
        log.add(
            Finding.note(
                each.partition().bytes().origin(),
                "put at " + at + ", where its superblock says that it was mounted"));
      }
    }
  }

  private boolean onDiskOf(OpenedPartition one, OpenedPartition other) {
    return disks.stream()
        .anyMatch(d -> d.partitions().contains(one) && d.partitions().contains(other));
  }
}
