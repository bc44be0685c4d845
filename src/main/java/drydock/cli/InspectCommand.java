package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.report.OutputFormat;
import drydock.runtime.Container;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All that is known of one container, joined. */
@Command(
    name = "inspect",
    footer = {
      "",
      "Example:",
      "  drydock inspect node.qcow2 shop/web-0/web",
      "  drydock inspect node.qcow2 da18ca8a -o table",
      "Documents of the engine are embedded as they are stored."
    })
final class InspectCommand extends ContainerCommand {
  @Mixin OutputOption output = new OutputOption();

  InspectCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    Owned<Container> owned = container(evidence);
    boolean forPeople = output.formatOr(OutputFormat.JSON) == OutputFormat.TABLE;
    Inspection inspection = new Inspection(evidence, owned, log);
    output.dossier(console, inspection.dossier(!forPeople), OutputFormat.JSON);
    return ExitCode.DONE;
  }
}
