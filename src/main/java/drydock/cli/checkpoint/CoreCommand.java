package drydock.cli.checkpoint;

import drydock.bytes.UnsupportedFormatException;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.executable.FileContents;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.CoreDump;
import drydock.checkpoint.memory.Memory;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.report.CoreReport;
import drydock.report.CoreRow;
import drydock.report.checkpoint.ExecutableReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Frozen processes as core files, or their executables. */
@Command(
    name = "core",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint core shop.tar --pid 1 --to shop.core",
      "  gdb --core shop.core",
      "Unchanged pages of mapped files are in a core where the file is in the archive, or in the",
      "layers that --disk NODE or IMAGE has; else it tells of them only. -o json: each range's source.",
      "  drydock checkpoint core shop.tar --executable --to executables",
      "An executable has its dumped pages as they were in memory, so data as it was at run time;",
      "other bytes are of its file where that is found, or else zeros, listed as gaps."
    })
final class CoreCommand extends ProcessCommand {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "PATH",
      description = "A new file for one process; a directory, for core.PID of each of several.")
  Path to = Path.of("");

  @Option(
      names = "--executable",
      description = "Executables as they ran, carved from memory and files: PID-COMMAND.elf.")
  boolean executable;

  @Option(
      names = "--original",
      description = "Executables as their files were, where those are found.")
  boolean original;

  @Mixin OutputOption output = new OutputOption();

  CoreCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, Memory memory, FindingLog log) throws IOException {
    refuse(to);
    List<Integer> chosen = pids.chosen(memory);
    if (executable && original) {
      throw usage("choose one of --executable and --original");
    }
    return withFiles(checkpoint, log, contents -> write(contents, memory, chosen, log));
  }

  private int write(FileContents contents, Memory memory, List<Integer> chosen, FindingLog log)
      throws IOException {
    if (executable || original) {
      ExecutableFiles files = new ExecutableFiles(to, original, log);
      output.rows(
          console, ExecutableReport.REPORT, rows -> files.write(contents, memory, chosen, rows));
      return ExitCode.DONE;
    }
    boolean many = chosen.size() > 1 || Files.isDirectory(to);
    if (many) {
      Files.createDirectories(to);
    }
    output.rows(
        console,
        CoreReport.REPORT,
        rows -> {
          for (int pid : chosen) {
            Path file = many ? to.resolve("core." + pid) : to;
            CoreRow row = write(contents, memory, pid, file, log);
            if (row != null) {
              rows.add(row);
            }
          }
        });
    return ExitCode.DONE;
  }

  private static @Nullable CoreRow write(
      FileContents contents, Memory memory, int pid, Path file, FindingLog log) throws IOException {
    Optional<CoreDump> core = Optional.empty();
    try {
      Optional<AddressSpace> space = memory.space(pid);
      if (space.isPresent()) {
        core = CoreDump.of(memory, contents.complete(space.get()), log);
      }
    } catch (UnsupportedFormatException e) {
      // of several processes the others are written
      log.add(e, memory.origin());
    }
    if (core.isEmpty()) {
      String what = "process " + pid + " has no core: its registers or its memory are missing";
      log.add(Finding.missing(memory.origin(), what));
      return null;
    }
    try (SparseFile out = SparseFile.create(file)) {
      core.get().write(out, log);
      out.finish();
      return new CoreRow(core.get(), file.toString(), out.size());
    }
  }
}
