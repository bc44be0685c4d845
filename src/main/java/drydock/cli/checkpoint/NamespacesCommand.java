package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.kernel.NamespaceEntries;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.NamespaceReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The namespaces of a checkpoint. */
@Command(
    name = "namespaces",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint namespaces shop.tar",
      "HOST is yes of those that whoever made the dump was in, too: the container had no own ones.",
      "The clocks of a time namespace are as they stood at the dump: boottime is how long the",
      "machine had run."
    })
final class NamespacesCommand extends ArchiveCommand {
  @Mixin OutputOption output = new OutputOption();

  NamespacesCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Frozen frozen = Frozen.of(checkpoint, log);
    output.rows(console, NamespaceReport.REPORT, NamespaceEntries.of(frozen.dump()));
    return ExitCode.DONE;
  }
}
