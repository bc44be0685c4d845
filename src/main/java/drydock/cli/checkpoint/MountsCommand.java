package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.MountEntry;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.FrozenMountReport;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The mounts of a checkpoint, as a tree. */
@Command(
    name = "mounts",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint mounts shop.tar",
      "What has a name under EXTERNAL is not in the checkpoint: who restores it gives it."
    })
final class MountsCommand extends ArchiveCommand {
  @Mixin OutputOption output = new OutputOption();

  MountsCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    List<MountEntry> mounts = Frozen.of(checkpoint, log).dump().mounts();
    output.rows(console, FrozenMountReport.REPORT, new MountTree(mounts).rows());
    return ExitCode.DONE;
  }
}
