package drydock.cli;

import drydock.bytes.ByteSource;
import drydock.cli.checkpoint.RawBytes;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.select.ContainerSelector;
import drydock.cli.select.Match;
import drydock.cli.select.NearestNames;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.FindingLog;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFilter;
import drydock.kubernetes.LogJoiner;
import drydock.kubernetes.PodLogs;
import drydock.report.Escape;
import drydock.report.LogListReport;
import drydock.report.LogReport;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the program of a container wrote, from the files that the kubelet keeps of it. */
@Command(
    name = "logs",
    footer = {
      "",
      "Example:",
      "  drydock logs node.qcow2",
      "  drydock logs node.qcow2 shop/web-0/web --since 2026-11-22T01:00:00Z --timestamps",
      "  drydock logs node.qcow2 shop/web-0/web --all -o jsonl",
      "Of a checkpoint: the log up to the freezing, of its node's disk (--disk, or the one that the",
      "archive lies on), or the copy in the archive; --criu prints what CRIU wrote of the dump.",
      "The bytes go out unchanged, even those that a terminal obeys: see unknown logs through less.",
      "A log whose files are deleted, too, may be among what 'drydock recover' finds."
    })
final class LogsCommand extends NodeCommand {
  /** A longer line of a log makes several records, so that no line is ever kept whole. */
  static final int MAX_TEXT = 1 << 20;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CONTAINER",
      description = {
        "Its id, prefix or name; of several attempts the last.",
        "Of a deleted pod also UID/NAME. Without it all logs are listed."
      })
  @Nullable String selector;

  @Option(
      names = {"-p", "--previous"},
      description = "The attempt before.")
  boolean previous;

  @Option(names = "--all", description = "All attempts, the oldest first.")
  boolean every;

  @Option(names = "--timestamps", description = "Begin lines with the times they were written at.")
  boolean timestamps;

  @Option(names = "--criu", description = "What CRIU wrote when it made a checkpoint.")
  boolean criu;

  @Mixin LogTests tests = new LogTests();
  @Mixin OutputOption output = new OutputOption();

  /** A log that was named, and the attempt that is meant unless another is asked for. */
  private record Subject(ContainerLogs logs, int attempt) {}

  LogsCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    boolean one = tests.any() || previous || every || timestamps;
    Optional<FrozenRuntime> frozen = evidence.frozen();
    if (frozen.isEmpty() && selector == null && one) {
      throw usage("of which container? 'drydock logs EVIDENCE' lists all logs");
    }
    if (criu && (frozen.isEmpty() || one || output.asksForRecords())) {
      throw usage("--criu prints a file of a checkpoint as it is: nothing else goes with it");
    }
    if (previous && every) {
      throw usage("--previous is one attempt, --all is every one: type only one of them");
    }
    if (timestamps && output.asksForRecords()) {
      throw usage("records have their times: --timestamps is for the text alone");
    }
    LogFilter.Wanted wanted = tests.wanted();
    Long tail = tests.tail();
    if (frozen.isPresent()) {
      frozen(evidence, frozen.get(), wanted, tail, log);
      return ExitCode.DONE;
    }
    LogSources sources = new LogSources(evidence, log);
    if (selector == null) {
      evidence.tellOtherEngines();
      list(sources);
      return ExitCode.DONE;
    }
    Subject subject = subject(sources, selector);
    LogRun run = new LogRun(subject.logs(), attempts(subject), wanted, log);
    tell(run, tail, () -> sources.ids(run.logs()));
    return ExitCode.DONE;
  }

  /** Tells the ids of containers by their attempts, when they are asked for. */
  @FunctionalInterface
  private interface Ids {
    Map<Integer, String> read() throws IOException;
  }

  private void tell(LogRun run, @Nullable Long tail, Ids ids) throws IOException {
    long skipped = tail == null ? 0 : Math.max(0, run.count() - tail);
    if (output.asksForRecords()) {
      records(ids.read(), run, skipped);
    } else {
      output.use(console, out -> run.read(skipped, new LogText(out, timestamps)));
    }
  }

  private void frozen(
      Evidence evidence,
      FrozenRuntime frozen,
      LogFilter.Wanted wanted,
      @Nullable Long tail,
      FindingLog log)
      throws IOException {
    List<Owned<Container>> all = Owned.all(evidence, Runtime::containers);
    Match<Owned<Container>> match =
        selector == null ? Match.of(all) : new ContainerSelector(selector).among(all);
    Container container = onlyContainer(match, selector == null ? "/" : selector).thing();
    if (criu) {
      ByteSource written =
          frozen
              .checkpoint(container)
              .file("dump.log")
              .orElseThrow(() -> new NoSuchFileException("dump.log"))
              .content();
      output.use(console, out -> RawBytes.write(List.of(written), out));
      return;
    }
    FrozenLogs.Found found = new FrozenLogs(evidence, frozen, log).of(container, wanted);
    Subject subject = new Subject(found.logs(), found.attempt());
    LogRun run = new LogRun(found.logs(), attempts(subject), found.wanted(), log);
    tell(run, tail, () -> Map.of(found.attempt(), container.id()));
  }

  private void list(LogSources sources) throws IOException {
    output.rows(console, LogListReport.REPORT, sources.rows());
  }

  private void records(Map<Integer, String> ids, LogRun run, long skipped) throws IOException {
    output.rows(
        console,
        LogReport.REPORT,
        rows -> {
          LogJoiner lines = new LogJoiner(MAX_TEXT, line -> rows.add(text(run.logs(), ids, line)));
          run.read(skipped, lines);
          lines.finish();
        });
  }

  private static LogReport.LogText text(
      ContainerLogs logs, Map<Integer, String> ids, LogJoiner.Line line) {
    return new LogReport.LogText(logs, ids.get(line.begin().file().attempt()), line);
  }

  private List<Integer> attempts(Subject subject) throws IOException {
    List<Integer> all = subject.logs().attempts();
    if (every) {
      return all;
    }
    int wanted = subject.attempt();
    if (previous) {
      List<Integer> earlier = all.stream().filter(attempt -> attempt < wanted).toList();
      if (earlier.isEmpty()) {
        throw cannot(subject.logs(), "has no log of an earlier attempt (the kubelet deletes them)");
      }
      return earlier.subList(earlier.size() - 1, earlier.size());
    }
    if (!all.contains(wanted)) {
      String others = all.stream().map(String::valueOf).collect(Collectors.joining(", "));
      throw cannot(
          subject.logs(),
          "has no log of attempt "
              + wanted
              + (all.isEmpty() ? "" : ", only of " + others + ": --all shows them"));
    }
    return List.of(wanted);
  }

  private static IOException cannot(ContainerLogs logs, String why) {
    return new FileSystemException(logs.path().toString(), null, why);
  }

  private Subject subject(LogSources sources, String typed) throws IOException {
    Match<Owned<Container>> match = new ContainerSelector(typed).among(sources.containers());
    if (match.found().isEmpty()) {
      return withoutRecord(sources, typed, match.nearest());
    }
    if (match.found().size() > 1 && sources.areAttempts(match.found())) {
      return subject(sources, LogSources.last(match.found()));
    }
    return subject(sources, onlyContainer(match, typed).thing());
  }

  private static Subject subject(LogSources sources, Container container) throws IOException {
    String log = container.logPath();
    if (log == null || log.isEmpty()) {
      String why = "its record names no log: the kubelet keeps logs of pods' containers only";
      throw new FileSystemException(container.id(), null, why);
    }
    ContainerLogs logs =
        sources
            .of(container)
            .orElseThrow(() -> new NoSuchFileException(log, null, "the log of " + container.id()));
    return new Subject(logs, PodLogs.attempt(log));
  }

  /** What no engine knows any more may have its log still. */
  private Subject withoutRecord(LogSources sources, String typed, List<String> nearest)
      throws IOException {
    List<ContainerLogs> all = sources.all();
    List<ContainerLogs> found =
        all.stream().filter(logs -> LogSources.names(logs).contains(typed)).toList();
    List<String> near = new ArrayList<>(nearest);
    for (ContainerLogs each : all) {
      near.addAll(LogSources.names(each));
    }
    ContainerLogs logs =
        only(
            new Match<>(found, found.isEmpty() ? NearestNames.to(typed, near) : List.of()),
            "container",
            typed,
            LogsCommand::candidate);
    return new Subject(logs, logs.attempts().get(logs.attempts().size() - 1));
  }

  private static String candidate(ContainerLogs logs) {
    List<String> names = LogSources.names(logs);
    return Escape.text(names.get(names.size() - 1) + "  " + logs.path());
  }
}
