package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Progress;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Node;
import drydock.fs.TreeWalk;
import drydock.report.FileReport;
import drydock.report.FileRow;
import drydock.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists directories. */
@Command(
    name = "ls",
    footer = {
      "",
      "Example:",
      "  drydock ls node.qcow2 /var/log",
      "  drydock ls node.qcow2 shop/web-0/web:/etc -R",
      "Links in a path are followed, inside of the node or container only; shown is where they lead."
    })
final class LsCommand extends LayeredCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "/path on the node or CONTAINER:/path; / of the node without it.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = {"-R", "--recursive"},
      description = "List what lies below, too.")
  boolean recursive;

  @Option(
      names = {"-d", "--directory"},
      description = "Show directories themselves, not what is in them.")
  boolean itself;

  @Option(
      names = "--deleted",
      description =
          "Add names that were taken out of directories, and what whiteouts of a container hide.")
  boolean deleted;

  @Mixin OutputOption output = new OutputOption();

  LsCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Target> targets = targets(evidence, paths.isEmpty() ? List.of("/") : paths);
    output.rows(
        console,
        FileReport.REPORT,
        rows -> each(evidence, targets, true, place -> list(place, rows, log)));
    return exitCode();
  }

  private void list(Place place, Report.Rows<FileRow> rows, FindingLog log) throws IOException {
    Node node = place.node();
    HiddenFiles hidden = new HiddenFiles(recursive, log);
    if (itself || !node.meta().isDirectory()) {
      rows.add(place.row(log));
    } else if (recursive) {
      try (Progress progress = new Progress(console, common(), "listing", -1)) {
        new TreeWalk(log)
            .walk(
                place.path(),
                node,
                (path, each, meta) -> {
                  if (!path.equals(place.path())) {
                    rows.add(place.row(path, each, meta, log));
                    progress.add(0, 1, path.toString());
                  }
                  if (deleted && meta.isDirectory()) {
                    hidden.under(path, each, rows);
                  }
                });
      }
    } else {
      directory(place, rows, log);
      if (deleted) {
        hidden.under(place.path(), node, rows);
      }
    }
  }

  private static void directory(Place place, Report.Rows<FileRow> rows, FindingLog log)
      throws IOException {
    for (Entry entry : place.node().list()) {
      FileRow row;
      try {
        Node child = entry.node();
        row = place.row(place.path().child(entry.name()), child, child.meta(), log);
      } catch (IOException e) {
        log.add(e, place.node().origin());
        continue;
      }
      rows.add(row);
    }
  }
}
