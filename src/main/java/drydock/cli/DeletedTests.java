package drydock.cli;

import drydock.cli.option.Declarations;
import drydock.fs.DeletedFile;
import drydock.fs.NodeType;
import drydock.report.DeletedFileRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The tests of {@code recover}, as options. Each that is given has to fit. */
final class DeletedTests {
  @Spec(Spec.Target.MIXEE)
  CommandSpec command = Declarations.emptySpec();

  @Option(names = "--inode", paramLabel = "N", description = "This inode number.")
  @Nullable Long inode;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "file, directory, symlink, character, block, fifo, socket, or f d l c b p s.")
  List<String> types = new ArrayList<>();

  @Option(names = "--min-size", paramLabel = "BYTES", description = "Of this size or larger.")
  long minSize;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Deleted (if it does not say when: changed) at that time or later.")
  @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "The same before that time.")
  @Nullable String until;

  /** Decides on one deleted file. */
  @FunctionalInterface
  interface Test {
    boolean fits(DeletedFileRow file);
  }

  /**
   * All tests as one. An older copy of a deleted inode was deleted when the inode was, so it must
   * be asked after it.
   */
  Test test() {
    Instant from = texts().time("--since", since, Instant.MIN);
    Instant to = texts().time("--until", until, Instant.MAX);
    Set<NodeType> wanted = texts().types(types);
    DeletedFileRow[] last = new DeletedFileRow[1];
    return file -> {
      if (file.file().source() == null) {
        last[0] = file;
      }
      Instant at = when(isOlderCopy(file, last[0]) ? last[0] : file);
      boolean inTime =
          at == null ? since == null && until == null : !at.isBefore(from) && at.isBefore(to);
      return inTime
          && (inode == null || inode == file.meta().inode())
          && wanted.contains(file.meta().type())
          && file.meta().size() >= minSize;
    };
  }

  private static boolean isOlderCopy(DeletedFileRow file, @Nullable DeletedFileRow of) {
    return of != null
        && file.file().state() == DeletedFile.State.DELETED
        && file.meta().inode() == of.meta().inode()
        && file.partition() == of.partition();
  }

  private static @Nullable Instant when(DeletedFileRow file) {
    Instant deleted = file.meta().times().deleted();
    return deleted != null ? deleted : file.meta().times().changed();
  }

  private OptionText texts() {
    return new OptionText(command);
  }
}
