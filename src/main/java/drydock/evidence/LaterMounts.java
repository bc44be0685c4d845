package drydock.evidence;

import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.MountEntry;
import drydock.checkpoint.criu.Process;
import drydock.finding.FindingLog;
import drydock.fs.Name;
import drydock.fs.NameText;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.oci.LinuxSpec;
import drydock.oci.RuntimeSpec;
import drydock.runtime.Mount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The mounts that a container had when it was frozen and that neither its spec nor its runtime
 * made: mounted later inside of it, or by a hook; and those of its spec that it had no more. Of
 * both the images of CRIU tell.
 *
 * <p>Not among them: the root, what hides or locks the paths that the spec wants hidden or locked,
 * what lies within the control groups, and the console.
 */
final class LaterMounts {
  private static final Set<String> CONTROL_GROUPS = Set.of("cgroup", "cgroup2");
  private static final List<TreePath> RUNTIMES_OWN =
      List.of(TreePath.ROOT, TreePath.of("/dev/console"));

  private final Checkpoint checkpoint;
  private final boolean knowsLinks;
  private final FindingLog log;
  private final List<MountEntry> entries;

  /**
   * @param knowsLinks whether the layers are there, so that places are those where links lead to
   */
  LaterMounts(Checkpoint checkpoint, boolean knowsLinks, FindingLog log) {
    this.checkpoint = checkpoint;
    this.knowsLinks = knowsLinks;
    this.log = log;
    this.entries = inOrder(entries());
  }

  /**
   * One of them.
   *
   * @param source what the checkpoint has of it
   */
  record Later(Mount mount, TreePath at, Sourced source) {}

  /**
   * What there was besides the mounts of the spec; parents before what lies on them.
   *
   * @param sources what tells what the checkpoint has of a mount
   */
  List<Later> besides(List<ContainerMount> specified, FrozenSources sources) throws IOException {
    Map<TreePath, Integer> expected = new HashMap<>();
    RUNTIMES_OWN.forEach(each -> expected.merge(each, 1, Integer::sum));
    specified.forEach(each -> expected.merge(each.at(), 1, Integer::sum));
    hidden().forEach(each -> expected.merge(TreePath.of(each), 1, Integer::sum));
    List<TreePath> groups =
        specified.stream()
            .filter(each -> CONTROL_GROUPS.contains(String.valueOf(each.spec().type())))
            .map(ContainerMount::at)
            .toList();
    List<TreePath> elsewhere = knowsLinks ? new ArrayList<>() : elsewhere(specified);
    List<Later> later = new ArrayList<>();
    for (MountEntry each : entries) {
      TreePath at = TreePath.of(each.mountPoint().bytes());
      boolean isExpected =
          expected.merge(at, -1, Integer::sum) >= 0
              || groups.stream().anyMatch(group -> liesBelow(at, group))
              || takeOfName(elsewhere, at);
      if (!isExpected) {
        Mount mount = new Mount(at.toString(), each.type(), text(each.source()), each.flags());
        later.add(new Later(mount, at, source(each, mount, at, sources)));
      }
    }
    return later;
  }

  /**
   * The places of the spec at which nothing was mounted: they lead through links that only the
   * layers have, as {@code /var/run} is {@code /run}.
   */
  private List<TreePath> elsewhere(List<ContainerMount> specified) {
    Set<TreePath> there = places();
    List<TreePath> elsewhere = new ArrayList<>();
    specified.forEach(each -> elsewhere.add(each.at()));
    elsewhere.removeIf(there::contains);
    return elsewhere;
  }

  private Set<TreePath> places() {
    Set<TreePath> there = new HashSet<>();
    entries.forEach(each -> there.add(TreePath.of(each.mountPoint().bytes())));
    return there;
  }

  /**
   * The places of the spec at which nothing was mounted any more. Without the layers those are none
   * whose last name something is mounted under: they may lead there.
   */
  Set<TreePath> unmounted(List<ContainerMount> specified) {
    Set<TreePath> gone = new HashSet<>();
    // without the root an image is none, or damaged
    Set<TreePath> there = places();
    if (there.contains(TreePath.ROOT)) {
      specified.forEach(each -> gone.add(each.at()));
      gone.removeAll(there);
      gone.removeIf(at -> !knowsLinks && there.stream().anyMatch(each -> isNamed(each, at)));
    }
    return gone;
  }

  private static boolean isNamed(TreePath one, TreePath other) {
    return !one.isRoot() && !other.isRoot() && one.name().equals(other.name());
  }

  /** Takes the first place whose last name is that of a path. */
  private static boolean takeOfName(List<TreePath> places, TreePath path) {
    for (TreePath each : places) {
      if (each.name().equals(path.name())) {
        return places.remove(each);
      }
    }
    return false;
  }

  /** What the runtime mounts over. */
  private List<String> hidden() {
    Optional<LinuxSpec> linux = checkpoint.spec().map(RuntimeSpec::linux);
    List<String> hidden = new ArrayList<>();
    linux.ifPresent(spec -> hidden.addAll(spec.maskedPaths()));
    linux.ifPresent(spec -> hidden.addAll(spec.readonlyPaths()));
    return hidden;
  }

  /** Those that the first process saw; what cannot be read is a finding, and none. */
  private List<MountEntry> entries() {
    try {
      Optional<Node> images = checkpoint.images();
      if (images.isEmpty()) {
        return List.of();
      }
      Dump dump = Dump.open(images.get(), log);
      List<Process> processes = dump.processes();
      Long own = processes.isEmpty() ? null : processes.get(0).kernelIds().get("mnt");
      return dump.mounts().stream().filter(each -> own == null || each.namespace() == own).toList();
    } catch (IOException e) {
      log.add(e, checkpoint.origin());
      return List.of();
    }
  }

  /** Each behind the one that it lies on; a circle is followed once. */
  private static List<MountEntry> inOrder(List<MountEntry> entries) {
    Map<Long, MountEntry> byId = new HashMap<>();
    entries.forEach(each -> byId.putIfAbsent(each.id(), each));
    Map<MountEntry, Integer> depths = new HashMap<>();
    for (MountEntry each : entries) {
      int depth = 0;
      MountEntry at = byId.get(each.parent());
      while (at != null && depth < entries.size()) {
        depth++;
        at = byId.get(at.parent());
      }
      depths.put(each, depth);
    }
    return entries.stream()
        .sorted(Comparator.comparing(depths::get, Comparator.nullsFirst(Integer::compare)))
        .toList();
  }

  private static boolean liesBelow(TreePath path, TreePath group) {
    return path.depth() > group.depth()
        && path.names().subList(0, group.depth()).equals(group.names());
  }

  private static Sourced source(MountEntry entry, Mount mount, TreePath at, FrozenSources sources)
      throws IOException {
    String of = text(entry.root());
    String what =
        "not in the spec: mounted later in the container, or by a hook; "
            + (entry.type() == null ? "" : entry.type() + " of ")
            + text(entry.source())
            + (of.equals("/") ? "" : ", of it " + of);
    Sourced packed = sources.packed(mount, at);
    if (packed != null) {
      return packed.saying(what, false);
    }
    Origin origin = entry.origin();
    String type = entry.type();
    return type == null
        ? Sourced.absent("bind", null, MountStatus.ELSEWHERE, what, origin)
        : Sources.ofType(type, mount.options(), mount.source(), origin).saying(what, false);
  }

  private static String text(Name name) {
    return NameText.of(name.bytes());
  }
}
