package drydock.cli.checkpoint;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.CheckpointReport;
import drydock.report.CheckpointRow;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What checkpoints are of: one row each. */
@Command(
    name = "show",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint show shop-1.tar.zst shop-2.tar.zst -o json",
      "  drydock checkpoint show node.qcow2:/var/lib/kubelet/checkpoints/shop.tar",
      "Of several archives one that cannot be read is a finding, and the others are shown."
    })
final class ShowCommand extends ArchivesCommand {
  @Mixin OutputOption output = new OutputOption();

  ShowCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Source checkpoints, FindingLog log) throws IOException {
    output.rows(
        console,
        CheckpointReport.REPORT,
        rows ->
            checkpoints.into(
                found -> rows.add(CheckpointRow.of(found.archive(), found.checkpoint()))));
    return ExitCode.DONE;
  }
}
