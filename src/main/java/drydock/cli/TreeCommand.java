package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.TreeWalk;
import drydock.report.FileReport;
import drydock.report.FileRow;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.TreeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws directories with all that lies below them. */
@Command(
    name = "tree",
    footer = {
      "",
      "Example:",
      "  drydock tree shop-1.tar.zst /etc --disk node.qcow2",
      "  drydock tree node.qcow2 shop/web-0/web:/var/www --max-depth 2",
      "With -o json, jsonl or csv there are records, as of find."
    })
final class TreeCommand extends LayeredCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "/path on the node or CONTAINER:/path; / of the node without it.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--max-depth",
      paramLabel = "N",
      description = "Draw no more than N levels below PATH.")
  int maxDepth = Integer.MAX_VALUE;

  @Mixin OutputOption output = new OutputOption();

  TreeCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Target> targets = targets(evidence, paths.isEmpty() ? List.of("/") : paths);
    if (output.formatOr(OutputFormat.TABLE) == OutputFormat.TABLE) {
      output.use(console, out -> each(evidence, targets, true, place -> draw(place, out, log)));
    } else {
      output.rows(
          console,
          FileReport.REPORT,
          rows -> each(evidence, targets, true, place -> walk(place, rows, log)));
    }
    return exitCode();
  }

  private void draw(Place place, OutputStream out, FindingLog log) throws IOException {
    new TreeText(
            line -> out.write((line + "\n").getBytes(StandardCharsets.UTF_8)),
            (path, node, meta) -> place.row(path, node, meta, log),
            maxDepth,
            log)
        .draw(place.path(), place.node());
  }

  private void walk(Place place, Report.Rows<FileRow> rows, FindingLog log) throws IOException {
    new TreeWalk(log)
        .walk(
            place.path(),
            place.node(),
            maxDepth,
            (path, node, meta) -> rows.add(place.row(path, node, meta, log)));
  }
}
