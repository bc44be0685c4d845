package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.TreePath;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFile;
import drydock.kubernetes.LogSpan;
import drydock.kubernetes.PodLogs;
import drydock.report.LogListReport.LogRow;
import drydock.report.LogListReport.Owner;
import drydock.runtime.Container;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import drydock.timeline.LogEvents;
import drydock.timeline.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All logs of a node's pods, and whose they are as far as engines and links still tell. */
final class LogSources {
  private static final Comparator<ContainerLogs> ORDER =
      Comparator.comparing((ContainerLogs logs) -> Objects.toString(logs.namespace(), ""))
          .thenComparing(logs -> Objects.toString(logs.pod(), ""))
          .thenComparing(logs -> Objects.toString(logs.container(), ""))
          .thenComparing(ContainerLogs::path);

  private final Evidence evidence;
  private final FindingLog log;
  private final PodLogs pods;
  private final List<Owned<Container>> containers;

  LogSources(Evidence evidence, FindingLog log) throws IOException {
    this.evidence = evidence;
    this.log = log;
    this.pods = new PodLogs(evidence.node(), log);
    this.containers = Owned.all(evidence, Runtime::containers);
  }

  List<Owned<Container>> containers() {
    return containers;
  }

  /** Whether these are attempts of one container of one pod. */
  boolean areAttempts(List<Owned<Container>> some) throws IOException {
    Set<TreePath> directories = new HashSet<>();
    for (Owned<Container> each : some) {
      Optional<ContainerLogs> logs = of(each.thing());
      if (logs.isEmpty()) {
        return false;
      }
      directories.add(logs.get().path());
    }
    return directories.size() == 1;
  }

  /** The last of some attempts. */
  static Container last(List<Owned<Container>> attempts) {
    return attempts.stream()
        .map(Owned::thing)
        .max(Comparator.comparingInt(each -> attempt(each)))
        .orElseThrow();
  }

  private static int attempt(Container container) {
    String path = container.logPath();
    return path == null ? 0 : PodLogs.attempt(path);
  }

  /**
   * What the container of a log can be called, the shortest first: as containers are, and by the
   * UID of its pod.
   */
  static List<String> names(ContainerLogs logs) {
    List<String> names = new ArrayList<>();
    String name = logs.container();
    if (name != null) {
      names.add(name);
      if (logs.pod() != null) {
        names.add(logs.pod() + "/" + name);
        names.add(logs.namespace() + "/" + logs.pod() + "/" + name);
      }
      if (logs.podUid() != null) {
        names.add(logs.podUid() + "/" + name);
      }
    }
    return names;
  }

  /** The logs beside the one that a container's record names; empty when there are none. */
  Optional<ContainerLogs> of(Container container) throws IOException {
    String path = container.logPath();
    return path == null || path.isEmpty()
        ? Optional.empty()
        : pods.at(path).map(logs -> named(logs, container));
  }

  /** What the record says of pod and container is surer than the names of directories. */
  private static ContainerLogs named(ContainerLogs logs, Container container) {
    PodRef pod = container.pod();
    return pod == null
        ? logs
        : new ContainerLogs(
            pod.namespace(),
            pod.name(),
            pod.uid(),
            container.name(),
            logs.path(),
            logs.files(),
            logs.origin());
  }

  /** All there are, by pod and container. */
  List<ContainerLogs> all() throws IOException {
    Map<TreePath, ContainerLogs> all = new TreeMap<>();
    Set<String> roots = new LinkedHashSet<>(Set.of(PodLogs.USUAL_ROOT));
    for (Owned<Container> each : containers) {
      String path = each.thing().logPath();
      TreePath directory = path == null ? null : TreePath.of(path).parent();
      if (directory != null && directory.depth() > 2) {
        TreePath pod = Objects.requireNonNull(directory.parent());
        roots.add(Objects.requireNonNull(pod.parent()).toString());
      }
      of(each.thing()).ifPresent(logs -> all.put(logs.path(), logs));
    }
    for (String root : roots) {
      pods.below(root).forEach(logs -> all.putIfAbsent(logs.path(), logs));
    }
    return all.values().stream().filter(logs -> !logs.files().isEmpty()).sorted(ORDER).toList();
  }

  /** A row for each attempt. */
  List<LogRow> rows() throws IOException {
    Map<TreePath, String> links = pods.ids();
    Map<String, Container> records = records();
    Set<String> uids = uids();
    List<LogRow> rows = new ArrayList<>();
    for (ContainerLogs logs : all()) {
      for (int attempt : logs.attempts()) {
        List<LogFile> files = logs.of(attempt);
        Container record = records.get(key(logs.path(), attempt));
        String id = record == null ? linked(files, links) : record.id();
        LogSpan span = LogSpan.of(files, log);
        rows.add(new LogRow(logs, attempt, files, id, owner(logs, record, uids), span));
      }
    }
    return rows;
  }

  /** The containers of the attempts, as far as their records or links are there. */
  Map<Integer, String> ids(ContainerLogs logs) throws IOException {
    Map<TreePath, String> links = pods.ids();
    Map<String, Container> records = records();
    Map<Integer, String> ids = new TreeMap<>();
    for (int attempt : logs.attempts()) {
      Container record = records.get(key(logs.path(), attempt));
      String id = record == null ? linked(logs.of(attempt), links) : record.id();
      if (id != null) {
        ids.put(attempt, id);
      }
    }
    return ids;
  }

  /** The logs of some containers, with all attempts, or all there are; and whose each one is. */
  List<LogEvents.Log> lines(List<Owned<Container>> owned) throws IOException {
    Map<TreePath, ContainerLogs> logs = new LinkedHashMap<>();
    if (owned.isEmpty()) {
      all().forEach(each -> logs.put(each.path(), each));
    }
    for (Owned<Container> each : owned) {
      of(each.thing()).ifPresent(own -> logs.put(own.path(), own));
    }
    Map<TreePath, String> links = pods.ids();
    Map<String, Container> records = records();
    List<LogEvents.Log> all = new ArrayList<>();
    for (ContainerLogs each : logs.values()) {
      Map<Integer, Subject> known = new TreeMap<>();
      for (int attempt : each.attempts()) {
        Container record = records.get(key(each.path(), attempt));
        known.put(
            attempt,
            record == null
                ? Subject.of(each, linked(each.of(attempt), links))
                : Subject.of(record));
      }
      all.add(new LogEvents.Log(each, known));
    }
    return all;
  }

  private static @Nullable String linked(List<LogFile> files, Map<TreePath, String> links) {
    for (LogFile file : files) {
      String id = links.get(file.path());
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  private @Nullable Owner owner(ContainerLogs logs, @Nullable Container record, Set<String> uids)
      throws IOException {
    if (record != null) {
      return Owner.CONTAINER;
    }
    if (evidence.runtimes().isEmpty()) {
      return null;
    }
    String uid = logs.podUid();
    return uid != null && uids.contains(uid) ? Owner.DELETED_CONTAINER : Owner.DELETED_POD;
  }

  private Map<String, Container> records() throws IOException {
    Map<String, Container> records = new TreeMap<>();
    for (Owned<Container> each : containers) {
      String path = each.thing().logPath();
      Optional<ContainerLogs> logs = of(each.thing());
      if (path != null && logs.isPresent()) {
        records.put(key(logs.get().path(), PodLogs.attempt(path)), each.thing());
      }
    }
    return records;
  }

  private static String key(TreePath directory, int attempt) {
    return directory + "\n" + attempt;
  }

  private Set<String> uids() throws IOException {
    Set<String> uids = new HashSet<>();
    for (Runtime runtime : evidence.runtimes()) {
      for (Pod pod : runtime.pods()) {
        String uid = pod.uid();
        if (uid != null) {
          uids.add(uid);
        }
      }
    }
    return uids;
  }
}
