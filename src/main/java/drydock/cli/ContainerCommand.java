package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.runtime.Container;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A command on one container. */
abstract class ContainerCommand extends EngineCommand {
  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk, or a mounted root.")
  Path path = Path.of("");

  @Parameters(index = "1", paramLabel = "CONTAINER", description = "Its id, prefix or name.")
  String selector = "";

  ContainerCommand(Console console) {
    super(console);
  }

  @Override
  protected final Path evidencePath() {
    return path;
  }

  /** The container that was named. */
  final Owned<Container> container(Evidence evidence) throws IOException {
    return container(evidence, selector);
  }
}
