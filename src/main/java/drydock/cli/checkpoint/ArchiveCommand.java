package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Process;
import drydock.cli.option.Console;
import drydock.cli.option.ReadingCommand;
import drydock.evidence.NestedPath;
import drydock.finding.FindingLog;
import drydock.report.Escape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command about one checkpoint. Its class says what it is asked besides and implements {@link
 * #run}; further parameters begin at index 1. Findings and exit codes are seen to.
 */
abstract class ArchiveCommand extends ReadingCommand {
  private static final int SHOWN_PROCESSES = 20;

  @Parameters(
      index = "0",
      paramLabel = "ARCHIVE",
      description = "An archive, a directory, or DISK:/path of one on a node.")
  String archive = "";

  @Option(
      names = "--container",
      paramLabel = "NAME",
      description =
          "Which container of a pod's checkpoint: its name, the start of its id, or its path.")
  @Nullable String container;

  ArchiveCommand(Console console) {
    super(console);
  }

  /** Does the work and gives the exit code, in which findings need not be thought of. */
  protected abstract int run(Checkpoint checkpoint, FindingLog log) throws IOException;

  @Override
  protected final Path evidencePath() {
    return NestedPath.of(archive).file();
  }

  @Override
  protected final int read(FindingLog log) throws IOException {
    try (OpenArchives archives = new OpenArchives(this::open, disks(), log)) {
      return run(only(archives.open(NestedPath.of(archive))), log);
    }
  }

  /** The one of several that was asked for; the error that names them all when none is. */
  protected final Checkpoint only(List<Checkpoint> all) {
    String wanted = container;
    List<Checkpoint> fitting =
        wanted == null ? all : all.stream().filter(each -> isCalled(each, wanted)).toList();
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    String names = all.stream().map(ArchiveCommand::name).collect(Collectors.joining(", "));
    throw usage(
        (wanted == null
                ? "say which container of the pod with --container"
                : "not one container is called '" + Escape.text(wanted) + "'")
            + "; there are "
            + Escape.text(names));
  }

  /** A process that is asked for must be there; the error names those that are. */
  protected final void checkProcess(@Nullable Long pid, Dump dump) throws IOException {
    List<Process> there = dump.processes();
    if (pid == null || there.stream().anyMatch(each -> each.pid() == pid)) {
      return;
    }
    String pids =
        there.stream()
            .limit(SHOWN_PROCESSES)
            .map(each -> String.valueOf(each.pid()))
            .collect(Collectors.joining(", "));
    String more = there.size() > SHOWN_PROCESSES ? " and more" : "";
    throw usage("no process " + pid + "; there are " + pids + more);
  }

  private static boolean isCalled(Checkpoint checkpoint, String wanted) {
    String id = checkpoint.facts().id();
    boolean named = wanted.equals(name(checkpoint)) || ("/" + wanted).equals(name(checkpoint));
    return named || (id != null && id.startsWith(wanted));
  }

  private static String name(Checkpoint checkpoint) {
    String name = checkpoint.facts().name();
    String id = checkpoint.facts().id();
    String path = checkpoint.path().isRoot() ? checkpoint.origin().label() : checkpoint.path() + "";
    return name != null ? name : id != null ? id : path;
  }
}
