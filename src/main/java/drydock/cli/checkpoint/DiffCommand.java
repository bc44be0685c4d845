package drydock.cli.checkpoint;

import drydock.bytes.UnsupportedFormatException;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.diff.CheckpointDiff;
import drydock.checkpoint.diff.CheckpointDiff.Roots;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.evidence.NestedPath;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.DifferenceReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What is different between two checkpoints of a container, or one and its node. */
@Command(
    name = "diff",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint diff shop-1.tar.zst shop-2.tar.zst",
      "  drydock checkpoint diff shop-1.tar shop-2.tar -o jsonl",
      "  drydock checkpoint diff shop-1.tar shop-2.tar --disk node.qcow2",
      "  drydock checkpoint diff shop-2.tar node.qcow2",
      "With the layers of the image (--disk: the node's disk, or the image as it was saved) files are",
      "those of the whole root; without, those that the archives have, which are what changed.",
      "Differences are what was asked for: the exit code is 0 with and without them."
    })
final class DiffCommand extends ArchiveCommand {
  @Parameters(
      index = "1",
      paramLabel = "LATER",
      description = "Another checkpoint of the container, or the node that it ran on: a disk.")
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
    return List.of(evidencePath(), NestedPath.of(later).file());
  }

  @Override
  protected boolean tellsNotes() {
    return true;
  }

  @Override
  protected int run(Checkpoint before, FindingLog log) throws IOException {
    try (OpenArchives archives = new OpenArchives(this::open, disks(), log)) {
      Checkpoint after;
      try {
        after = only(archives.open(NestedPath.of(later)));
      } catch (UnsupportedFormatException e) {
        laterOnNode(before, e, log);
        return ExitCode.DONE;
      }
      compare(before, after, log);
    }
    return ExitCode.DONE;
  }

  /** Where the layers of the image may be they are looked for. */
  private void compare(Checkpoint before, Checkpoint after, FindingLog log) throws IOException {
    NestedPath one = NestedPath.of(archive);
    NestedPath other = NestedPath.of(later);
    if (disks().isEmpty() && one.inside() == null && other.inside() == null) {
      tell(new CheckpointDiff(before, after, null, log));
      return;
    }
    try (Evidence was = openWith(Path.of(archive), diskOf(other, one), log);
        Evidence is = openWith(Path.of(later), diskOf(one, other), log)) {
      Roots roots = new MergedRoots(log).of(was, before, is, after).orElse(null);
      tell(new CheckpointDiff(before, after, roots, log));
    }
  }

  /** The disk that one lies on is the other's node, too. */
  private static List<Path> diskOf(NestedPath one, NestedPath other) {
    boolean isHelp = one.inside() != null && other.inside() == null;
    return isHelp ? List.of(one.file()) : List.of();
  }

  private void tell(CheckpointDiff diff) throws IOException {
    output.rows(console, DifferenceReport.REPORT, rows -> diff.tell(rows::add));
  }

  /** What is no checkpoint is a node, or else an error as one. */
  private void laterOnNode(Checkpoint before, UnsupportedFormatException why, FindingLog log)
      throws IOException {
    try (Evidence opened = openWith(Path.of(archive), List.of(Path.of(later)), log)) {
      Evidence node = opened.nodeOfFrozen().orElseThrow(() -> why);
      if (node.runtimes().isEmpty()) {
        throw why;
      }
      LaterOnNode diff = new LaterOnNode(opened, before, log);
      output.rows(console, DifferenceReport.REPORT, rows -> diff.tell(rows::add));
    }
  }
}
