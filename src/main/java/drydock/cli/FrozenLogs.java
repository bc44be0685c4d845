package drydock.cli;

import drydock.checkpoint.Checkpoint;
import drydock.evidence.Evidence;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFile;
import drydock.kubernetes.LogFilter;
import drydock.kubernetes.PodLogs;
import drydock.runtime.Container;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of a frozen container up to its freezing: of the disk of its node where that is given and
 * has it, with what the kubelet put aside; else the copy that the engine put into the archive.
 */
record FrozenLogs(Evidence evidence, FrozenRuntime frozen, FindingLog log) {
  /**
   * A log, and which lines of it.
   *
   * @param attempt that was frozen
   */
  record Found(ContainerLogs logs, int attempt, LogFilter.Wanted wanted) {}

  /**
   * The log of a container.
   *
   * @throws NoSuchFileException when there is none
   */
  Found of(Container container, LogFilter.Wanted wanted) throws IOException {
    Optional<Evidence> node = evidence.nodeOfFrozen();
    Optional<Found> there =
        node.isEmpty() ? Optional.empty() : onNode(node.get(), container, wanted);
    return there.isPresent() ? there.get() : inArchive(container, wanted);
  }

  private Optional<Found> onNode(Evidence node, Container container, LogFilter.Wanted wanted)
      throws IOException {
    String path = path(node, container);
    Optional<ContainerLogs> logs =
        path == null ? Optional.empty() : new PodLogs(node.node(), log).at(path);
    if (path == null || logs.isEmpty() || logs.get().of(PodLogs.attempt(path)).isEmpty()) {
      String what = "the node has no log of the container: what the archive has is shown";
      log.add(Finding.note(node.origin(), what));
      return Optional.empty();
    }
    Instant frozenAt = frozenAt(container);
    LogFilter.Wanted cut =
        frozenAt == null || wanted.until().isBefore(frozenAt)
            ? wanted
            : new LogFilter.Wanted(wanted.since(), frozenAt, wanted.stream());
    return Optional.of(new Found(logs.get(), PodLogs.attempt(path), cut));
  }

  /** As the engine has it, or else the archive. */
  private static @Nullable String path(Evidence node, Container container) throws IOException {
    for (Runtime runtime : node.runtimes()) {
      for (Container each : runtime.containers()) {
        String path = each.logPath();
        if (each.id().equals(container.id()) && path != null && !path.isEmpty()) {
          return path;
        }
      }
    }
    return container.logPath();
  }

  /** The second after the one that images were written in: archives have no parts of seconds. */
  private @Nullable Instant frozenAt(Container container) throws IOException {
    Instant dumped = frozen.checkpoint(container).dumped();
    return dumped == null ? null : Instant.ofEpochSecond(dumped.getEpochSecond() + 1);
  }

  private Found inArchive(Container container, LogFilter.Wanted wanted) throws IOException {
    Checkpoint checkpoint = frozen.checkpoint(container);
    Optional<Node> file = checkpoint.log();
    if (file.isEmpty()) {
      throw new NoSuchFileException(
          checkpoint.origin().toString(), null, "no log in it; --disk names the disk of its node");
    }
    Integer known = container.attempt();
    int attempt = known == null ? 0 : known;
    String name = checkpoint.file("ctr.log").isPresent() ? "/ctr.log" : "/container.log";
    TreePath path = TreePath.of(name);
    LogFile only = new LogFile(path, file.get(), attempt, true, file.get().meta().size());
    PodRef pod = container.pod();
    ContainerLogs logs =
        new ContainerLogs(
            pod == null ? null : pod.namespace(),
            pod == null ? null : pod.name(),
            pod == null ? null : pod.uid(),
            container.name(),
            TreePath.ROOT,
            List.of(only),
            file.get().origin());
    return new Found(logs, attempt, wanted);
  }
}
