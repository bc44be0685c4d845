package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.report.Report;
import drydock.report.StatReport;
import drydock.report.StatRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
      "With it, all that the layers made of the path, the newest first: 'cat --layer N' has a hidden version.",
      "A link is shown itself, not what it leads to, unless -L is given."
    })
final class StatCommand extends LayeredCommand {
  private static final String HASH = Hashing.column(HashAlgorithm.SHA256);

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

  @Option(
      names = "--hash",
      description = "Add SHA-256, of hidden versions too, and tell which are the same.")
  boolean hash;

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
    VersionList versions = new VersionList(hash, log);
    Report<StatRow> report = hash ? StatReport.hashed(HASH) : StatReport.REPORT;
    OutputOption.Source<StatRow> source =
        rows ->
            each(
                evidence,
                targets,
                follow,
                place -> rows.add(versions.row(place.owner(), place.row(log))));
    if (output.isOutline()) {
      output.dossiers(console, row -> StatReport.outline(report, row), source);
    } else {
      output.rows(console, report, source);
    }
    return exitCode();
  }
}
