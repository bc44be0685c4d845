package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.report.FileReport;
import drydock.report.FileRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All that the file system keeps of a file besides its content. */
@Command(
    name = "stat",
    footer = {
      "",
      "Example:",
      "  drydock stat node.qcow2 shop/web-0/web:/usr/bin/ps",
      "A link is shown itself, not what it leads to, unless -L is given."
    })
final class StatCommand extends FileCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "/path on the node or CONTAINER:/path.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--inode",
      paramLabel = "N",
      description = "The file of that inode, with or without a name.")
  List<Long> inodes = new ArrayList<>();

  @Option(
      names = {"-L", "--follow"},
      description = "Show what a link leads to.")
  boolean follow;

  @Mixin OutputOption output = new OutputOption();

  StatCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    List<Target> targets = targets(evidence, paths, inodes);
    AtomicInteger exit = new AtomicInteger();
    OutputOption.Source<FileRow> source =
        rows -> exit.set(each(evidence, targets, follow, place -> rows.add(place.row(log))));
    if (output.isOutline()) {
      output.outlines(console, FileReport.REPORT, source);
    } else {
      output.rows(console, FileReport.REPORT, source);
    }
    return exit.get();
  }
}
