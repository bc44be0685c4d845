package drydock.timeline;

import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.fs.NodeType;
import drydock.fs.TreePath;
import drydock.kubernetes.Kubelet;
import drydock.runtime.Container;
import drydock.runtime.Pod;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the directories of a kubelet tell: when those of pods and of their volumes were made, when
 * logs were rotated, when checkpoints were taken. The birth of an inode tells; where the file
 * system keeps none, only what a name says.
 *
 * <p>Sources: kubernetes {@code pkg/kubelet/logs/container_log_manager.go} (a rotated log has the
 * time in its name, {@code 20060102-150405} of the node's own clock, to the second), {@code
 * pkg/kubelet/kuberuntime/helpers.go} ({@code /var/log/pods/NAMESPACE_POD_UID/CONTAINER}), {@code
 * pkg/kubelet/kubelet.go} ({@code checkpoints/checkpoint-POD_NAMESPACE-CONTAINER-TIME.tar}).
 */
public final class KubeletEvents implements EventSource {
  private static final String LOGS = "/var/log/pods";
  private static final Pattern ROTATED = Pattern.compile("\\d+\\.log\\.(\\d{8}-\\d{6})(\\.gz)?");
  private static final Pattern CHECKPOINT_TIME =
      Pattern.compile(
          "checkpoint-.*-(\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}(?:Z|[+-]\\d\\d:\\d\\d))\\.tar");
  private static final DateTimeFormatter ROTATION =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

  private final FileTree node;
  private final FindingLog log;
  private final boolean all;
  private final List<Container> containers;
  private final Map<String, Subject> pods = new HashMap<>();

  /**
   * Of all pods, or of some containers and their pods.
   *
   * @param containers those that are meant, or all that are known
   * @param pods all that are known
   */
  public KubeletEvents(
      FileTree node, List<Container> containers, List<Pod> pods, boolean all, FindingLog log) {
    this.node = node;
    this.containers = List.copyOf(containers);
    this.all = all;
    this.log = log;
    for (Container container : containers) {
      if (container.pod() != null && container.pod().uid() != null) {
        Subject own = Subject.of(container);
        this.pods.put(
            container.pod().uid(), Subject.ofPod(own.podNamespace(), own.pod(), own.podUid()));
      }
    }
    for (Pod pod : pods) {
      if (all && pod.uid() != null) {
        this.pods.put(pod.uid(), Subject.ofPod(pod.namespace(), pod.name(), pod.uid()));
      }
    }
  }

  /** A file in a directory. */
  private record Child(String name, TreePath path, Node node, FileMeta meta) {
    @Nullable Instant born() {
      return meta.times().born();
    }
  }

  @Override
  public void emit(Sink sink) throws IOException {
    for (String root : Kubelet.USUAL_ROOTS) {
      for (Child pod : directories(root + "/pods")) {
        pod(pod, sink);
      }
      for (Child archive : children(root + "/checkpoints")) {
        checkpoint(archive, sink);
      }
    }
    for (Child pod : directories(LOGS)) {
      logs(pod, sink);
    }
  }

  /** A directory called like the pod's UID; static pods' and mirrors' have UIDs without hyphens. */
  private void pod(Child directory, Sink sink) throws IOException {
    Subject known = pods.get(directory.name());
    if (known == null && !all) {
      return;
    }
    Subject subject = known == null ? Subject.ofPod(null, null, directory.name()) : known;
    String whose = subject.pod() == null ? directory.name() : subject.label();
    String made = "directory of pod " + whose + " made";
    born(directory, EventKind.POD_DIRECTORY, made, subject, sink);
    for (Child plugin : directories(directory.path() + "/volumes")) {
      for (Child volume : directories(plugin.path().toString())) {
        String message =
            "directory of volume " + volume.name() + " (" + plugin.name() + ") of pod " + whose;
        born(volume, EventKind.VOLUME_DIRECTORY, message + " made", subject, sink);
      }
    }
  }

  private static void born(Child file, EventKind kind, String message, Subject whose, Sink sink)
      throws IOException {
    Instant time = file.born();
    if (time != null) {
      sink.add(event(file, time, kind, message, whose));
    }
  }

  private static Event event(
      Child file, Instant time, EventKind kind, String message, Subject whose) {
    return Event.of(time, TimeMeaning.CREATED, kind, message, whose, file.node().origin())
        .at(file.path(), file.meta().inode());
  }

  private void checkpoint(Child archive, Sink sink) throws IOException {
    if (!archive.meta().isFile() || !archive.name().startsWith("checkpoint-")) {
      return;
    }
    Optional<Container> whose =
        containers.stream().filter(c -> isOf(archive.name(), c)).findFirst();
    if (whose.isPresent() || all) {
      Subject subject = whose.map(Subject::of).orElse(Subject.NODE);
      String message = "checkpoint " + archive.path() + " taken";
      Instant time = archive.born() == null ? named(archive.name()) : archive.born();
      if (time != null) {
        sink.add(event(archive, time, EventKind.CHECKPOINT_TAKEN, message, subject));
      }
    }
  }

  /** The second that the kubelet put into an archive's name; null where there is none. */
  private static @Nullable Instant named(String archive) {
    Matcher match = CHECKPOINT_TIME.matcher(archive);
    try {
      return match.matches() ? OffsetDateTime.parse(match.group(1)).toInstant() : null;
    } catch (DateTimeException e) {
      return null; // somebody's own name
    }
  }

  /** Containers of a pod may be called so that two fit: a date has to follow the name. */
  private static boolean isOf(String archive, Container container) {
    Subject subject = Subject.of(container);
    if (subject.pod() == null || subject.podNamespace() == null || container.name() == null) {
      return false;
    }
    String start =
        "checkpoint-" + subject.pod() + "_" + subject.podNamespace() + "-" + container.name() + "-";
    return archive.startsWith(start) && archive.substring(start.length()).matches("\\d{4}-.*");
  }

  /** {@code NAMESPACE_POD_UID}, in which only the kubelet's own names are taken apart. */
  private void logs(Child pod, Sink sink) throws IOException {
    String[] parts = pod.name().split("_", -1);
    if (parts.length != 3) {
      return;
    }
    Subject subject = Subject.ofPod(parts[0], parts[1], parts[2]);
    for (Child container : directories(pod.path().toString())) {
      Subject own = subject.within(container.name());
      if (!all && containers.stream().noneMatch(c -> isLogOf(own, c))) {
        continue;
      }
      for (Child file : children(container.path().toString())) {
        Matcher rotated = ROTATED.matcher(file.name());
        Instant time = rotated.matches() ? rotation(rotated.group(1)) : null;
        if (time != null) {
          String message = "log of container " + own.label() + " rotated to " + file.name();
          sink.add(event(file, time, EventKind.LOG_ROTATED, message, own));
        }
      }
    }
  }

  private static boolean isLogOf(Subject log, Container container) {
    Subject subject = Subject.of(container);
    return log.container() != null
        && log.container().equals(subject.container())
        && log.podUid() != null
        && log.podUid().equals(subject.podUid());
  }

  private static @Nullable Instant rotation(String digits) {
    try {
      return LocalDateTime.parse(digits, ROTATION).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return null; // somebody's own name
    }
  }

  private List<Child> directories(String path) throws IOException {
    return children(path).stream().filter(c -> c.meta().type() == NodeType.DIRECTORY).toList();
  }

  /** What is in a directory; nothing where there is none. */
  private List<Child> children(String path) throws IOException {
    List<Child> children = new ArrayList<>();
    try {
      Optional<Lookup.Found> found = new Lookup(node).tryFind(path);
      if (found.isEmpty() || !found.get().node().meta().isDirectory()) {
        return children;
      }
      for (Entry entry : found.get().node().list()) {
        add(found.get(), entry, children);
      }
    } catch (CorruptDataException e) {
      log.add(e, node.origin());
    }
    return children;
  }

  private void add(Lookup.Found directory, Entry entry, List<Child> children) throws IOException {
    try {
      Node child = entry.node();
      TreePath at = directory.path().child(entry.name());
      children.add(new Child(entry.name().toString(), at, child, child.meta()));
    } catch (CorruptDataException e) {
      log.add(e, directory.node().origin());
    }
  }
}
