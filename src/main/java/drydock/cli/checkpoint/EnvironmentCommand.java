package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Process;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Memory;
import drydock.checkpoint.memory.StartText;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.oci.RuntimeSpec;
import drydock.report.EnvironmentReport;
import drydock.report.EnvironmentRow;
import drydock.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The environment of frozen processes, and the first one's arguments, beside what the engine
 * started the container with.
 */
@Command(
    name = "env",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint env shop.tar --pid 1",
      "Shown is the memory that /proc/PID/environ shows. What a process adds later by setenv lies",
      "elsewhere in its heap, and a title written over it (setproctitle) shows as it lies there.",
      "What the runtime adds by itself, as HOME, is no change: its reason is runtime."
    })
final class EnvironmentCommand extends ProcessCommand {
  @Mixin OutputOption output = new OutputOption();

  EnvironmentCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, Memory memory, FindingLog log) throws IOException {
    Optional<RuntimeSpec> spec = spec(checkpoint, log);
    List<String> started = spec.map(RuntimeSpec::env).orElse(List.of());
    Optional<AddressSpace> first = first(checkpoint, memory, log);
    List<byte[]> ofFirst =
        first.isEmpty() ? List.of() : StartText.texts(new StartText(first.get()).environment());
    output.rows(
        console,
        EnvironmentReport.REPORT,
        rows -> {
          for (int pid : pids.chosen(memory)) {
            Optional<AddressSpace> space = memory.space(pid);
            if (space.isEmpty()) {
              continue;
            }
            byte[] command = memory.command(pid).orElse(null);
            if (spec.isPresent() && first.isPresent() && first.get().pid() == pid) {
              byte[] raw = new StartText(space.get()).commandLine();
              rows.add(EnvironmentRow.arguments(space.get(), command, raw, spec.get().args()));
            }
            add(space.get(), command, started, ofFirst, rows, log);
          }
        });
    return ExitCode.DONE;
  }

  /** The memory of the process that the container began with. */
  private static Optional<AddressSpace> first(Checkpoint checkpoint, Memory memory, FindingLog log)
      throws IOException {
    List<Process> all = Frozen.of(checkpoint, log).dump().processes();
    return all.isEmpty() ? Optional.empty() : memory.space((int) all.get(0).pid());
  }

  private static Optional<RuntimeSpec> spec(Checkpoint checkpoint, FindingLog log) {
    if (checkpoint.spec().isEmpty()) {
      log.add(Finding.missing(checkpoint.origin(), "spec.dump: nothing to compare with"));
    }
    return checkpoint.spec();
  }

  private static void add(
      AddressSpace space,
      byte @Nullable [] command,
      List<String> started,
      List<byte[]> ofFirst,
      Report.Rows<EnvironmentRow> rows,
      FindingLog log)
      throws IOException {
    StartText text = new StartText(space);
    if (!text.isWhole()) {
      log.add(Finding.missing(space.origin(), "a part of the environment is not in the dump"));
    }
    for (EnvironmentRow row :
        EnvironmentRow.compare(
            space, command, StartText.texts(text.environment()), started, ofFirst)) {
      rows.add(row);
    }
  }
}
