package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.runtime.Container;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A command on one container. */
abstract class ContainerCommand extends NodeCommand {
  @Parameters(index = "1", paramLabel = "CONTAINER", description = "Its id, prefix or name.")
  String selector = "";

  ContainerCommand(Console console) {
    super(console);
  }

  /** The container that was named. */
  final Owned<Container> container(Evidence evidence) throws IOException {
    return container(evidence, selector);
  }
}
