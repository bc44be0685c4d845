package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.diff.CheckpointDiff;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.DifferenceReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is different between two checkpoints of a container. */
@Command(
    name = "diff",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint diff shop-1.tar.zst shop-2.tar.zst",
      "  drydock checkpoint diff shop-1.tar shop-2.tar -o jsonl",
      "Differences are what was asked for: the exit code is 0 with and without them."
    })
final class DiffCommand extends ArchiveCommand {
  @Parameters(
      index = "1",
      paramLabel = "LATER",
      description = "What ARCHIVE is compared with: another checkpoint, typed in the same way.")
  String later = "";

  @Mixin OutputOption output = new OutputOption();

  DiffCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected List<Path> evidencePaths() {
    return List.of(evidencePath(), ArchiveText.of(later).file());
  }

  @Override
  protected boolean tellsNotes() {
    return true;
  }

  @Override
  protected int run(Checkpoint before, FindingLog log) throws IOException {
    try (OpenArchives archives = new OpenArchives(this::open, log)) {
      Checkpoint after = only(archives.open(ArchiveText.of(later)));
      output.rows(
          console,
          DifferenceReport.REPORT,
          rows -> new CheckpointDiff(before, after, log).tell(rows::add));
    }
    return ExitCode.DONE;
  }
}
