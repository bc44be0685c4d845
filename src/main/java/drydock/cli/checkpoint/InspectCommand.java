package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.OutputFormat;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All that is known of one checkpoint. */
@Command(
    name = "inspect",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint inspect shop.tar",
      "  drydock checkpoint inspect shop.tar.zst -o table",
      "The engine's documents are embedded as they are stored."
    })
final class InspectCommand extends ArchiveCommand {
  @Mixin OutputOption output = new OutputOption();

  InspectCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    boolean forPeople = output.formatOr(OutputFormat.JSON) == OutputFormat.TABLE;
    CheckpointInspection inspection = new CheckpointInspection(checkpoint, log);
    output.dossier(console, inspection.dossier(!forPeople), OutputFormat.JSON);
    return ExitCode.DONE;
  }
}
