package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.executable.FileContents;
import drydock.checkpoint.memory.Memory;
import drydock.cli.option.Console;
import drydock.evidence.Evidence;
import drydock.evidence.NestedPath;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Node;
import drydock.runtime.Container;
import java.io.IOException;
import java.nio.file.Path;
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
    Memory memory = Memory.open(images.get(), checkpoint.parents(), log);
    String unknown = pids.unknown(memory);
    if (unknown != null) {
      throw usage(unknown);
    }
    // an answer that lacks what is lost says so
    Dump.open(images.get(), log).look();
    return run(checkpoint, memory, log);
  }

  /** Does something with what is in files, while they are open; gives the exit code. */
  @FunctionalInterface
  interface FileUse {
    int run(FileContents contents) throws IOException;
  }

  /**
   * Finds what is in files that processes map: in the archive, and in the layers of the image and
   * the volumes where disks were given that have them, or the archive lies on one.
   */
  final int withFiles(Checkpoint checkpoint, FindingLog log, FileUse use) throws IOException {
    Dump dump = Frozen.of(checkpoint, log).dump();
    if (!hasDisks() && NestedPath.of(archive).inside() == null) {
      return use.run(new FileContents(checkpoint, dump, null, null, log));
    }
    try (Evidence opened = open(Path.of(archive), log)) {
      FrozenRuntime frozen = MergedRoots.runtime(opened);
      Container container = MergedRoots.container(frozen, checkpoint);
      FileTree mounted = opened.mounts().view(frozen, container);
      FileTree root = frozen.rootFs(container);
      return use.run(new FileContents(checkpoint, dump, root, mounted, log));
    }
  }
}
