package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.report.OutputFormat;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the evidence is: disks, partitions, file systems, the node, its engines. */
@Command(
    name = "info",
    footer = {
      "",
      "Example:",
      "  drydock info node.qcow2",
      "  drydock info root.qcow2 --disk data.qcow2 -o json",
      "Of the node only what files on the disk tell is known; /run and /proc were never on it."
    })
final class InfoCommand extends EvidenceCommand {
  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk, or a mounted root.")
  Path path = Path.of("");

  @Mixin OutputOption output = new OutputOption();

  InfoCommand(Console console) {
    super(console);
  }

  @Override
  protected Path evidencePath() {
    return path;
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected boolean tellsNotes() {
    return true;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    output.dossier(console, new Overview(evidence, log).dossier(), OutputFormat.TABLE);
    return ExitCode.DONE;
  }
}
