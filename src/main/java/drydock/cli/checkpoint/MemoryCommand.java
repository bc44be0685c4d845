package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.executable.FileContents;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.Memory;
import drydock.checkpoint.memory.MemorySearch;
import drydock.checkpoint.memory.search.PatternSet;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.ThreadsOption;
import drydock.finding.FindingLog;
import drydock.fs.TreePath;
import drydock.report.AreaReport;
import drydock.report.AreaRow;
import drydock.report.HitReport;
import drydock.report.HitRow;
import drydock.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The memory of frozen processes: its areas, or where something is in it. */
@Command(
    name = "memory",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint memory shop.tar --pid 1",
      "  drydock checkpoint memory shop.tar --search AWS_SECRET --hex 7f454c46",
      "  drydock checkpoint memory shop.tar --pid 7 --dump stack --to stack.bin",
      "Searched are all processes at once, what they share, and what was under way in pipes,",
      "sockets, terminals, and files that were deleted but open or lay on a tmpfs."
    })
final class MemoryCommand extends ProcessCommand {
  private static final int MAX_CONTEXT = 4096;

  @Option(names = "--totals", description = "One line a process, with sums over its areas.")
  boolean totals;

  @Option(
      names = "--dump",
      paramLabel = "AREA",
      description =
          "Write the bytes of an area of one --pid: an address in it, START-END, heap, stack"
              + " or another kind; all for each area. Pages of files are taken from the archive, and from"
              + " --disk NODE or IMAGE; what is nowhere is zeros, and a finding.")
  @Nullable String dump;

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description = "With --dump: a new file for one area, a directory for several.")
  @Nullable Path to;

  @Option(
      names = "--files",
      description =
          "Search the files, too, that the archive has of the container: those that it changed,"
              + " of its /dev/shm and of its volumes, by path.")
  boolean files;

  @Mixin SearchOption search = new SearchOption();
  @Mixin ThreadsOption threads = new ThreadsOption();
  @Mixin OutputOption output = new OutputOption();

  MemoryCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, Memory memory, FindingLog log) throws IOException {
    if ((dump == null) != (to == null) || (dump != null && pids.named().size() != 1)) {
      throw usage("--dump takes the memory of one process: with --pid N and --to PATH");
    }
    if (files && !search.isAsked()) {
      throw usage("--files goes with --search, --regex, --hex or --patterns");
    }
    if (dump != null && to != null) {
      String area = dump;
      Path target = to;
      int pid = pids.chosen(memory).get(0);
      refuse(target);
      return withFiles(checkpoint, log, contents -> dump(contents, memory, pid, area, target, log));
    }
    if (search.isAsked()) {
      return find(checkpoint, memory, log);
    }
    Report<AreaRow> report = totals ? AreaReport.TOTALS : AreaReport.REPORT;
    output.rows(
        console,
        report,
        rows -> {
          for (int pid : pids.chosen(memory)) {
            add(memory, pid, rows);
          }
        });
    return ExitCode.DONE;
  }

  private void add(Memory memory, int pid, Report.Rows<AreaRow> rows) throws IOException {
    Optional<AddressSpace> space = memory.space(pid);
    if (space.isEmpty()) {
      return;
    }
    byte @Nullable [] command = memory.command(pid).orElse(null);
    if (totals) {
      rows.add(AreaRow.total(space.get(), command));
      return;
    }
    for (Area area : space.get().areas()) {
      rows.add(AreaRow.of(space.get(), command, area, memory.file(area), memory.sharedId(area)));
    }
  }

  private int dump(
      FileContents contents, Memory memory, int pid, String what, Path target, FindingLog log)
      throws IOException {
    AddressSpace space =
        contents.complete(memory.space(pid).orElseThrow(() -> usage("no memory of " + pid)));
    byte @Nullable [] command = memory.command(pid).orElse(null);
    output.rows(
        console,
        AreaReport.REPORT,
        rows -> {
          String wrong =
              new AreaDump(space, target, log)
                  .write(
                      what,
                      area ->
                          rows.add(
                              AreaRow.of(
                                  space, command, area, memory.file(area), memory.sharedId(area))));
          if (wrong != null) {
            throw usage(wrong);
          }
        });
    return ExitCode.DONE;
  }

  private int find(Checkpoint checkpoint, Memory memory, FindingLog log) throws IOException {
    if (search.context < 0 || search.context > MAX_CONTEXT) {
      throw usage("--context is 0 to " + MAX_CONTEXT + " bytes");
    }
    PatternSet patterns = patterns();
    MemorySearch all = new MemorySearch(memory, patterns, search.context, threads.count(), log);
    if (files) {
      addFiles(checkpoint, all);
    }
    output.rows(
        console,
        HitReport.REPORT,
        rows ->
            all.run(
                pids.named(),
                hit ->
                    rows.add(
                        new HitRow(
                            hit, patterns.name(hit.pattern()), patterns.encoding(hit.pattern())))));
    return ExitCode.DONE;
  }

  private static void addFiles(Checkpoint checkpoint, MemorySearch search) throws IOException {
    checkpoint.rootFsDiff().ifPresent(tree -> search.add("rootfs-diff", tree, TreePath.ROOT));
    checkpoint.devShm().ifPresent(tree -> search.add("dev-shm", tree, TreePath.of("/dev/shm")));
    checkpoint
        .volumes()
        .forEach((name, tree) -> search.add("volume", tree, TreePath.ROOT.child(name)));
  }

  private PatternSet patterns() throws IOException {
    try {
      PatternSet patterns = search.patterns();
      if (patterns.isEmpty()) {
        throw usage("the files of patterns have none");
      }
      return patterns;
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }
}
