package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Dump;
import drydock.checkpoint.criu.Namespaces;
import drydock.checkpoint.criu.OpenFile;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.criu.TaskThread;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Memory;
import drydock.checkpoint.memory.StartText;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.ProcessReport;
import drydock.report.checkpoint.ProcessRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The processes of a checkpoint, as a tree. */
@Command(
    name = "ps",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint ps shop.tar",
      "  drydock checkpoint ps shop.tar -o json --columns pid,arguments,environment,capabilities",
      "Arguments and environment are read from the memory of each process, as /proc shows them:",
      "what it wrote over them is there, what it set later is not. Pids and ids are those inside",
      "of the container. When a process started is in no image."
    })
final class PsCommand extends ArchiveCommand {
  @Mixin OutputOption output = new OutputOption();

  PsCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Frozen frozen = Frozen.of(checkpoint, log);
    Memory memory = frozen.memory();
    ProcessTree tree = ProcessTree.of(frozen.dump().processes());
    output.rows(
        console,
        ProcessReport.REPORT,
        rows -> {
          for (ProcessTree.Placed each : tree.placed()) {
            rows.add(row(each, frozen.dump(), memory, log));
          }
        });
    return ExitCode.DONE;
  }

  private static ProcessRow row(ProcessTree.Placed placed, Dump dump, Memory memory, FindingLog log)
      throws IOException {
    Process process = placed.process();
    Process.Files files = process.files();
    TaskThread leader = process.leader();
    Long set = leader == null ? null : leader.cgroupSet();
    Namespaces namespaces = dump.namespaces();
    return new ProcessRow(
        process,
        placed.depth(),
        process.layout() == null ? null : start(process, memory, log),
        file(dump, process, files.executable()),
        file(dump, process, files.workingDirectory()),
        file(dump, process, files.root()),
        set == null ? List.of() : namespaces.cgroups().getOrDefault(set, List.of()),
        namespaces);
  }

  private static @Nullable OpenFile file(Dump dump, Process process, @Nullable Long id)
      throws IOException {
    return id == null ? null : dump.file(id, process.origin()).orElse(null);
  }

  /** Memory that is lost must not hide what the other images tell. */
  private static ProcessRow.@Nullable Start start(Process process, Memory memory, FindingLog log) {
    try {
      Optional<AddressSpace> space = memory.space(Math.toIntExact(process.pid()));
      if (space.isEmpty()) {
        return null;
      }
      StartText text = new StartText(space.get());
      return new ProcessRow.Start(
          StartText.texts(text.commandLine()), StartText.texts(text.environment()), text.isWhole());
    } catch (IOException e) {
      log.add(e, process.origin());
      return null;
    }
  }
}
