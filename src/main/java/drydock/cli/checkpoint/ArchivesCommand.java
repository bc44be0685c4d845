package drydock.cli.checkpoint;

import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.ReadingCommand;
import drydock.evidence.NestedPath;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/**
 * A command about any number of checkpoints. One archive that cannot be opened is an error; of
 * several it is a finding, and the others are shown. Its class implements {@link #run}.
 */
abstract class ArchivesCommand extends ReadingCommand {
  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "ARCHIVE",
      description = "Archives, directories, or DISK:/path of them on a node.")
  List<String> archives = new ArrayList<>();

  ArchivesCommand(Console console) {
    super(console);
  }

  /**
   * A checkpoint and where it was found.
   *
   * @param archive as it was typed
   */
  record Found(String archive, Checkpoint checkpoint) {}

  /** Gives the checkpoints one after the other. */
  @FunctionalInterface
  interface Source {
    void into(Sink sink) throws IOException;
  }

  /** Takes a checkpoint; it must not be used after that. */
  @FunctionalInterface
  interface Sink {
    void take(Found found) throws IOException;
  }

  /** Does the work and gives the exit code, in which findings need not be thought of. */
  protected abstract int run(Source checkpoints, FindingLog log) throws IOException;

  @Override
  protected final Path evidencePath() {
    return evidencePaths().get(0);
  }

  @Override
  protected final List<Path> evidencePaths() {
    return archives.stream().map(each -> NestedPath.of(each).file()).toList();
  }

  @Override
  protected final int read(FindingLog log) throws IOException {
    int[] opened = new int[1];
    int exit = run(sink -> opened[0] = each(sink, log), log);
    return opened[0] == 0 ? ExitCode.COULD_NOT : exit;
  }

  /** How many archives could be opened. */
  private int each(Sink sink, FindingLog log) throws IOException {
    int count = 0;
    for (String typed : archives) {
      try (OpenArchives open = new OpenArchives(this::open, disks(), log)) {
        List<Checkpoint> checkpoints = checkpoints(open, typed, log);
        count += checkpoints.isEmpty() ? 0 : 1;
        for (Checkpoint each : checkpoints) {
          sink.take(new Found(typed, each));
        }
      }
    }
    return count;
  }

  private List<Checkpoint> checkpoints(OpenArchives open, String typed, FindingLog log)
      throws IOException {
    try {
      return open.open(NestedPath.of(typed));
    } catch (IOException e) {
      if (archives.size() == 1) {
        throw e;
      }
      log.add(e, Origin.of(typed));
      return List.of();
    }
  }
}
