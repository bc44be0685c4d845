package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.ProcessReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The processes of a checkpoint, as a tree. */
@Command(
    name = "ps",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint ps shop.tar",
      "  drydock checkpoint ps shop.tar -o json --columns pid,arguments,environment,capabilities",
      "Arguments and environment are read from the memory of each process, as /proc shows them:",
      "what it wrote over them is there, what it set later is not. Pids and ids are those inside",
      "of the container. When a process started is in no image."
    })
final class PsCommand extends ArchiveCommand {
  @Mixin OutputOption output = new OutputOption();

  PsCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    ProcessRows processes = new ProcessRows(Frozen.of(checkpoint, log));
    output.rows(console, ProcessReport.REPORT, processes::into);
    return ExitCode.DONE;
  }
}
