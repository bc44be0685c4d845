package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.memory.Memory;
import drydock.cli.option.Console;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** A command about the memory of one checkpoint: of all its processes, or of those named. */
abstract class ProcessCommand extends ArchiveCommand {
  @Mixin PidOption pids = new PidOption();

  ProcessCommand(Console console) {
    super(console);
  }

  /** Does the work and gives the exit code, in which findings need not be thought of. */
  protected abstract int run(Checkpoint checkpoint, Memory memory, FindingLog log)
      throws IOException;

  @Override
  protected final int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Optional<Node> images = checkpoint.images();
    if (images.isEmpty()) {
      throw usage("the checkpoint has no images of CRIU, so no memory");
    }
    Memory memory = Memory.within(checkpoint.directory(), images.get(), log);
    String unknown = pids.unknown(memory);
    if (unknown != null) {
      throw usage(unknown);
    }
    // an answer that lacks what is lost says so
    Dump.open(images.get(), log).look();
    return run(checkpoint, memory, log);
  }
}
