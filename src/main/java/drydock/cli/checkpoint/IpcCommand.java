package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.kernel.IpcObjects;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.IpcReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The System V objects of a checkpoint. */
@Command(
    name = "ipc",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint ipc shop.tar",
      "Shared memory segments, semaphores with their values, and queues with the messages that",
      "nobody has taken. Which processes map a segment 'memory' tells, under its shared_id."
    })
final class IpcCommand extends ArchiveCommand {
  @Mixin OutputOption output = new OutputOption();

  IpcCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Frozen frozen = Frozen.of(checkpoint, log);
    output.rows(console, IpcReport.REPORT, IpcObjects.read(frozen.dump().images()));
    return ExitCode.DONE;
  }
}
