package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.runtime.Container;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The OCI runtime spec of a container, byte for byte as the engine stored it. */
@Command(
    name = "spec",
    footer = {
      "",
      "Example:",
      "  drydock spec node.qcow2 shop/web-0/web",
      "The bytes are as stored, which may be without a line end."
    })
final class SpecCommand extends ContainerCommand {
  @Mixin OutputFileOption output = new OutputFileOption();

  SpecCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    Owned<Container> owned = container(evidence);
    byte[] spec = owned.runtime().spec(owned.thing());
    output.use(console, out -> out.write(spec));
    return ExitCode.DONE;
  }
}
