package drydock.cli.checkpoint;

import drydock.checkpoint.criu.MountEntry;
import drydock.report.checkpoint.FrozenMountReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Mounts below those that they lie on, by their paths; each once, whatever parents say. */
final class MountTree {
  private static final Comparator<MountEntry> BY_PATH =
      Comparator.comparing(MountEntry::mountPoint).thenComparingLong(MountEntry::id);

  private final Map<String, List<MountEntry>> children = new HashMap<>();
  private final List<MountEntry> roots = new ArrayList<>();
  private final List<MountEntry> all;
  private final Set<MountEntry> seen = new HashSet<>();
  private final List<FrozenMountReport.Row> rows = new ArrayList<>();

  MountTree(List<MountEntry> all) {
    this.all = all;
    Set<String> ids = new HashSet<>();
    all.forEach(each -> ids.add(key(each, each.id())));
    for (MountEntry each : all) {
      String parent = key(each, each.parent());
      boolean isRoot = !ids.contains(parent) || each.parent() == each.id();
      (isRoot ? roots : children.computeIfAbsent(parent, id -> new ArrayList<>())).add(each);
    }
  }

  private static String key(MountEntry mount, long id) {
    return mount.namespace() + " " + id;
  }

  /** Parents first; what is left are circles. */
  List<FrozenMountReport.Row> rows() {
    from(roots);
    all.forEach(each -> from(List.of(each)));
    return rows;
  }

  private void from(List<MountEntry> starts) {
    Deque<FrozenMountReport.Row> waiting = new ArrayDeque<>();
    push(starts, 0, waiting);
    while (!waiting.isEmpty()) {
      FrozenMountReport.Row next = waiting.pop();
      if (seen.add(next.mount())) {
        rows.add(next);
        String key = key(next.mount(), next.mount().id());
        push(children.getOrDefault(key, List.of()), next.depth() + 1, waiting);
      }
    }
  }

  private static void push(
      List<MountEntry> mounts, int depth, Deque<FrozenMountReport.Row> waiting) {
    mounts.stream()
        .sorted(BY_PATH.reversed())
        .forEach(each -> waiting.push(new FrozenMountReport.Row(each, depth)));
  }
}
