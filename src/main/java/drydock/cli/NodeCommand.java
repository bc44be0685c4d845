package drydock.cli;

import drydock.cli.option.Console;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** A command that names the node's evidence first. */
abstract class NodeCommand extends EngineCommand {
  @Parameters(
      index = "0",
      paramLabel = "EVIDENCE",
      description = "A disk, a mounted root, or a checkpoint: FILE or DISK:/path.")
  Path path = Path.of("");

  NodeCommand(Console console) {
    super(console);
  }

  @Override
  protected final Path evidencePath() {
    return path;
  }
}
