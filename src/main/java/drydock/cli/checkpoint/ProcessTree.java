package drydock.cli.checkpoint;

import drydock.checkpoint.criu.Process;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Processes below their parents, siblings by their numbers; each once, whatever parents say. */
record ProcessTree(List<Placed> placed) {
  /** A process and how many ancestors it has. */
  record Placed(Process process, int depth) {}

  static ProcessTree of(List<Process> all) {
    Map<Long, List<Process>> children = new HashMap<>();
    Set<Long> pids = new HashSet<>();
    all.forEach(each -> pids.add(each.pid()));
    List<Process> roots = new ArrayList<>();
    for (Process each : all) {
      Long parent = each.parentPid();
      boolean isRoot = parent == null || !pids.contains(parent) || parent == each.pid();
      (isRoot ? roots : children.computeIfAbsent(parent, pid -> new ArrayList<>())).add(each);
    }
    Walk walk = new Walk(children);
    walk.from(roots);
    // what is left are circles: each begins with the one that the image has first
    all.forEach(each -> walk.from(List.of(each)));
    return new ProcessTree(List.copyOf(walk.placed));
  }

  /** Goes down from some processes to those that were not seen. */
  private static final class Walk {
    private final Map<Long, List<Process>> children;
    private final Set<Long> seen = new HashSet<>();
    private final List<Placed> placed = new ArrayList<>();

    Walk(Map<Long, List<Process>> children) {
      this.children = children;
    }

    void from(List<Process> starts) {
      Deque<Placed> waiting = new ArrayDeque<>();
      push(starts, 0, waiting);
      while (!waiting.isEmpty()) {
        Placed next = waiting.pop();
        if (seen.add(next.process().pid())) {
          placed.add(next);
          List<Process> below = children.getOrDefault(next.process().pid(), List.of());
          push(below, next.depth() + 1, waiting);
        }
      }
    }

    /** The last one by number first: it comes out last. */
    private static void push(List<Process> processes, int depth, Deque<Placed> waiting) {
      processes.stream()
          .sorted(Comparator.comparingLong(Process::pid).reversed())
          .forEach(each -> waiting.push(new Placed(each, depth)));
    }
  }
}
