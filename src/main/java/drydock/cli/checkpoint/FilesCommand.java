package drydock.cli.checkpoint;

import drydock.bytes.ByteSource;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.FileKind;
import drydock.checkpoint.criu.GhostFile;
import drydock.checkpoint.criu.OpenFile;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.DescriptorReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The open files of a checkpoint, and the content of those that were deleted. */
@Command(
    name = "files",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint files shop.tar --deleted",
      "  drydock checkpoint files shop.tar --content 10 > shop.log",
      "FD is a number, or cwd, root, exe (the program), mem (mapped). WAITING are bytes that were",
      "written and nobody has read. --content takes a number of the column FILE_ID: of a deleted",
      "file it writes the content, of a pipe, socket or terminal what waits in it."
    })
final class FilesCommand extends ArchiveCommand {
  private static final Set<FileKind> HOLDS_BYTES =
      Set.of(FileKind.PIPE, FileKind.FIFO, FileKind.TERMINAL);

  @Option(names = "--pid", paramLabel = "N", description = "Show the files of this process only.")
  @Nullable Long pid;

  @Option(names = "--deleted", description = "Show files only whose names were deleted.")
  boolean deleted;

  @Option(
      names = "--content",
      paramLabel = "FILE-ID",
      description = "Write what the checkpoint has of this file, as it is.")
  @Nullable Long content;

  @Mixin OutputOption output = new OutputOption();

  FilesCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Dump dump = Frozen.of(checkpoint, log).dump();
    checkProcess(pid, dump);
    FilesInUse inUse = new FilesInUse(dump);
    if (content != null) {
      List<ByteSource> bytes = content(dump, inUse, content);
      output.use(console, out -> RawBytes.write(bytes, out));
      return ExitCode.DONE;
    }
    List<DescriptorReport.Row> rows = inUse.rows().stream().filter(this::isWanted).toList();
    output.rows(console, DescriptorReport.REPORT, rows);
    return ExitCode.DONE;
  }

  private boolean isWanted(DescriptorReport.Row row) {
    boolean ofProcess = pid == null || (row.process() != null && row.process().pid() == pid);
    return ofProcess && (!deleted || (row.file() != null && row.file().isDeleted()));
  }

  private List<ByteSource> content(Dump dump, FilesInUse inUse, long id) throws IOException {
    OpenFile file = dump.files().get(id);
    if (file == null) {
      throw usage("no open file has the id " + id + "; the column FILE_ID has them");
    }
    Long ghost = file.ghost();
    if (ghost != null) {
      Optional<GhostFile> found = dump.ghost(ghost);
      if (found.isPresent()) {
        return List.of(found.get().content());
      }
    }
    boolean holdsBytes = file.kind().isSocket() || HOLDS_BYTES.contains(file.kind());
    if (!holdsBytes) {
      throw usage("the images have no content of the file " + id + " (" + file.type() + ")");
    }
    return inUse.waiting(file);
  }
}
