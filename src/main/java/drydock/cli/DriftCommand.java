package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.HideOption;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Progress;
import drydock.cli.option.RowFeed;
import drydock.cli.option.ThreadsOption;
import drydock.cli.select.Owned;
import drydock.drift.Change;
import drydock.drift.ChangeKind;
import drydock.drift.Drift;
import drydock.drift.Mark;
import drydock.drift.Side;
import drydock.drift.Sides;
import drydock.evidence.Evidence;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.OrderedWork;
import drydock.report.DriftReport;
import drydock.report.FileRow;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What containers changed in the files that they began with. */
@Command(
    name = "drift",
    footer = {
      "",
      "Example:",
      "  drydock drift node.qcow2 shop/web-0/web --attacker-view",
      "  drydock drift node.qcow2 --hide support,sandbox -o jsonl",
      "Volumes are not compared: they are no part of an image. Hashes are in -o json, jsonl and csv."
    })
final class DriftCommand extends NodeCommand {
  private static final List<String> OF_ONE = List.of("change", "fields", "marks", "path");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CONTAINER",
      description = "Its id, prefix or name; all containers without it.")
  @Nullable String selector;

  @Option(names = "--touched", description = "Show what was copied up and is the same, too.")
  boolean touched;

  @Option(
      names = "--attacker-view",
      description = "Leave out what the container's runtime itself makes.")
  boolean attackerView;

  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin HideOption hide = new HideOption();

  DriftCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  /** Both sides of a path of a container. */
  private record Candidate(Container container, Drift drift, Sides sides) {}

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Owned<Container>> all =
        selector == null
            ? Owned.everything(evidence, Runtime::containers)
            : List.of(container(evidence, selector));
    Predicate<Container> hidden = hide.hidden();
    List<Owned<Container>> shown =
        selector != null ? all : all.stream().filter(each -> !hidden.test(each.thing())).toList();
    Report<DriftReport.Row> report = DriftReport.REPORT;
    if (selector != null || evidence.frozen().isPresent() && all.size() == 1) {
      report = new Report<>(report.columns(), OF_ONE);
    }
    boolean hash =
        output.choose(report, output.formatOr(OutputFormat.TABLE)).stream()
            .anyMatch(column -> DriftReport.SIDES.contains(column.name()));
    try (Progress progress = new Progress(console, common(), "comparing", -1)) {
      Hashing hashing = hash ? new Hashing(Set.of(HashAlgorithm.SHA256), progress, log) : null;
      output.<Candidate, DriftReport.Row>manyRows(
          console,
          report,
          threads.count(),
          (each, running) -> rows(each, hashing, log, running),
          feed -> {
            for (Owned<Container> each : shown) {
              feed(each, progress, feed, log);
            }
          });
    }
    hide.tell(all.size() - shown.size(), "containers", console, common());
    return ExitCode.DONE;
  }

  private void feed(
      Owned<Container> owned, Progress progress, RowFeed<Candidate> feed, FindingLog log)
      throws IOException {
    Container container = owned.thing();
    Drift drift;
    try {
      drift = Drift.of(owned.runtime(), container, log);
    } catch (FileSystemException e) {
      if (selector != null) {
        throw e;
      }
      String what = "what container " + container.id() + " changed cannot be told: ";
      log.add(Finding.missing(container.origin(), what + e.getMessage()));
      return;
    }
    drift.walk(
        sides -> {
          progress.add(0, 1, sides.path());
          feed.add(new Candidate(container, drift, sides), sides.bytes());
        });
    feed.drain();
  }

  private List<DriftReport.Row> rows(
      Candidate candidate, @Nullable Hashing hashing, FindingLog log, OrderedWork.Running running)
      throws IOException {
    List<DriftReport.Row> rows = new ArrayList<>(1);
    for (Change change : candidate.drift.changes(candidate.sides, running)) {
      boolean left =
          (change.kind() == ChangeKind.TOUCHED && !touched) || (change.byRuntime() && attackerView);
      if (!left) {
        rows.add(row(candidate.container, change, hashing, log, running));
      }
    }
    return rows;
  }

  private static DriftReport.Row row(
      Container container,
      Change change,
      @Nullable Hashing hashing,
      FindingLog log,
      OrderedWork.Running running)
      throws IOException {
    FileRow upper = file(change.upper(), log);
    FileRow lower = file(change.lower(), log);
    if (hashing == null) {
      return new DriftReport.Row(container, change, upper, lower);
    }
    FileRow now = upper == null ? null : hashing.hashed(upper, running);
    if (now != null && lower != null && hasSameContent(change, now, lower)) {
      return new DriftReport.Row(container, change, now, lower.with(now.hashes()));
    }
    FileRow was = lower == null ? null : hashing.hashed(lower, running);
    return new DriftReport.Row(container, change, now, was);
  }

  private static boolean hasSameContent(Change change, FileRow upper, FileRow lower) {
    return upper.meta().isFile()
        && lower.meta().isFile()
        && !change.fields().contains("sha256")
        && !change.marks().containsKey(Mark.UNREADABLE);
  }

  private static @Nullable FileRow file(@Nullable Side side, FindingLog log) {
    return side == null
        ? null
        : new FileRow(side.path(), side.node(), side.meta(), side.layer(), null, Map.of(), log);
  }
}
