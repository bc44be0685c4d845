package drydock.cli;

import drydock.bytes.ByteSource;
import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Progress;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.report.DeletedFileReport;
import drydock.report.DeletedFileRow;
import drydock.report.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deleted files of which the file systems still know: lists them, and takes out what is left. */
@Command(
    name = "recover",
    footer = {
      "",
      "Example:",
      "  drydock recover node.qcow2 --type file --since 2026-11-22",
      "  drydock recover node.qcow2 --partition 1 --inode 135142 --to -",
      "  drydock recover node.qcow2 --all --to recovered",
      "A path is a guess: inode numbers are given again. An older copy or a deleted name told it.",
      "TIME is UTC: 2026-11-22 or 2026-11-22T01:00:00Z."
    })
final class RecoverCommand extends EvidenceCommand {
  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk.")
  Path path = Path.of("");

  @Mixin DeletedTests tests = new DeletedTests();

  @Option(names = "--content", description = "Only files of which content can still be read.")
  boolean withContent;

  @Option(
      names = "--source",
      paramLabel = "TEXT",
      description = "Only what comes from there, e.g. inode or 'journal transaction 7'.")
  @Nullable String source;

  @Option(names = "--all", description = "Take out every file that has content left.")
  boolean all;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "With --inode: a new file for its content, or - for standard output."
              + " With --all: a directory, for files by their inode numbers and a manifest.")
  @Nullable String to;

  @Mixin OutputOption output = new OutputOption();

  RecoverCommand(Console console) {
    super(console);
  }

  @Override
  protected Path evidencePath() {
    return path;
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    if (to == null && all) {
      throw usage("--all writes files: name a directory for them with --to");
    }
    if (to != null && !all && tests.inode == null) {
      throw usage("--to takes one file by --inode N, or all of them with --all");
    }
    List<DeletedSource> sources = DeletedSource.of(evidence, partition());
    if (sources.isEmpty()) {
      throw usage(
          partition() == null
              ? "no file system to look for deleted files in; name a disk"
              : "the disk has no file system on partition "
                  + partition()
                  + "; 'drydock info' lists them");
    }
    evidence.tellUnread();
    if (to == null) {
      output.rows(console, DeletedFileReport.REPORT, rows -> each(sources, true, log, rows));
      return ExitCode.DONE;
    }
    return all ? takeAll(sources, log) : takeOne(sources, log);
  }

  /** Shows what fits. */
  private void each(
      List<DeletedSource> sources,
      boolean withPaths,
      FindingLog log,
      Report.Rows<DeletedFileRow> rows)
      throws IOException {
    try (Progress progress = new Progress(console, common(), "looking for deleted files", -1)) {
      for (DeletedSource each : sources) {
        DeletedTests.Test test = tests.test();
        each.each(
            withPaths,
            log,
            row -> {
              progress.add(0, 1, "");
              if (test.fits(row) && isFrom(row) && (!withContent || content(row) != null)) {
                rows.add(row);
              }
            });
      }
    }
  }

  private boolean isFrom(DeletedFileRow row) {
    return source == null || source.equals(DeletedFileReport.source(row));
  }

  /**
   * What can still be read of a file; null when nothing can. Who deletes a file takes its blocks
   * out of the inode: then holes tell nothing. One that is open has all its content, be it holes
   * alone.
   */
  private static @Nullable ByteSource content(DeletedFileRow row) {
    if (!row.meta().isFile() || row.meta().size() <= 0) {
      return null;
    }
    try {
      ByteSource content = row.file().node().content();
      boolean isWhole = row.file().state() == DeletedFile.State.ORPHAN;
      return isWhole || content.nextData(0) < content.size() ? content : null;
    } catch (IOException e) {
      return null; // the row says what the trouble is
    }
  }

  private int takeOne(List<DeletedSource> sources, FindingLog log) throws IOException {
    List<DeletedFileRow> found = new ArrayList<>();
    for (DeletedSource each : sources) {
      List<DeletedFileRow> ofIt = new ArrayList<>();
      each(List.of(each), false, log, row -> addFirst(row, ofIt));
      found.addAll(ofIt);
    }
    if (found.size() > 1) {
      throw usage("inode " + tests.inode + " is on several partitions; choose with --partition");
    }
    ByteSource content = found.isEmpty() ? null : content(found.get(0));
    if (content == null) {
      throw usage(
          "no deleted file with content left fits; 'drydock recover' without --to lists them");
    }
    tellReuse(found.get(0).file());
    if ("-".equals(to)) {
      write(content, console.out());
      console.out().flush();
    } else {
      Path file = Path.of(String.valueOf(to));
      refuse(file);
      try (SparseFile out = SparseFile.create(file)) {
        write(content, out);
      }
    }
    return ExitCode.DONE;
  }

  private static void addFirst(DeletedFileRow row, List<DeletedFileRow> found) {
    if (found.isEmpty() && content(row) != null) {
      found.add(row);
    }
  }

  private void tellReuse(DeletedFile file) throws IOException {
    if (file.reusedBlocks() > 0) {
      console.say(
          "drydock: "
              + file.reusedBlocks()
              + " of its "
              + file.blocks()
              + " blocks are in use again: what they hold may be another file's");
    }
  }

  private void write(ByteSource content, OutputStream out) throws IOException {
    try (Progress progress = new Progress(console, common(), "recovering", content.size())) {
      ContentCopy copy = new ContentCopy(content);
      while (!copy.isDone()) {
        copy.read();
        progress.add(copy.write(out), 0, "");
      }
    }
  }

  private void write(ByteSource content, SparseFile out) throws IOException {
    try (Progress progress = new Progress(console, common(), "recovering", content.size())) {
      ContentCopy copy = new ContentCopy(content);
      while (!copy.isDone()) {
        long hole = copy.pass();
        out.hole(hole);
        progress.add(hole, 0, "");
        if (hole == 0) {
          copy.read();
          progress.add(copy.write(out, null), 0, "");
        }
      }
      out.finish();
    }
  }

  private int takeAll(List<DeletedSource> sources, FindingLog log) throws IOException {
    Path folder = Path.of(String.valueOf(to));
    refuse(folder);
    refuse(folder.resolve(RecoveredFolder.MANIFEST));
    try (RecoveredFolder files = RecoveredFolder.create(folder, log)) {
      output.rows(
          console,
          RecoveredFolder.REPORT,
          rows -> {
            for (DeletedSource each : sources) {
              String prefix = each.prefix(sources);
              each(List.of(each), true, log, row -> take(row, prefix, files, rows));
            }
          });
    } catch (FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(
          e.getFile(), null, "is there already; nothing is written over: name a new directory");
    }
    return ExitCode.DONE;
  }

  private void take(
      DeletedFileRow row, String prefix, RecoveredFolder files, Report.Rows<DeletedFileRow> rows)
      throws IOException {
    ByteSource content = content(row);
    if (content == null) {
      return;
    }
    String from = row.file().source();
    String suffix = from == null ? "" : "-" + from.replaceAll("[^A-Za-z0-9]+", "-");
    rows.add(files.add(row, prefix + "inode-" + row.meta().inode() + suffix, content));
  }
}
