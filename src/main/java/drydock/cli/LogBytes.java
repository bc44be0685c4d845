package drydock.cli;

import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFile;
import drydock.kubernetes.PodLogs;
import drydock.report.Column;
import drydock.report.ContainerReport;
import drydock.report.Report;
import drydock.report.Value;
import drydock.runtime.Container;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much log there is of containers: what their files hold on the disk, packed or not. */
final class LogBytes {
  private final PodLogs pods;
  private final FindingLog log;

  LogBytes(Evidence evidence, FindingLog log) throws IOException {
    this.pods = new PodLogs(evidence.node(), log);
    this.log = log;
  }

  /** The record of containers, with what is counted here. */
  Report<Container> report() {
    return ContainerReport.REPORT.with(
        Column.of("log_bytes", container -> Value.of(bytes(container))), false);
  }

  /** Of the container's own attempt; null when it has no log, or its directory is gone. */
  private @Nullable Long bytes(Container container) {
    String path = container.logPath();
    if (path == null || path.isEmpty()) {
      return null;
    }
    try {
      Optional<ContainerLogs> logs = pods.at(path);
      return logs.isEmpty() ? null : Long.valueOf(sum(logs.get().of(PodLogs.attempt(path))));
    } catch (IOException e) {
      log.add(e, container.origin());
      return null;
    }
  }

  private static long sum(List<LogFile> files) {
    return files.stream().mapToLong(LogFile::size).sum();
  }
}
