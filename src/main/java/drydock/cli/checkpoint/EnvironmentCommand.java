package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Memory;
import drydock.checkpoint.memory.StartText;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.oci.RuntimeSpec;
import drydock.report.EnvironmentReport;
import drydock.report.EnvironmentRow;
import drydock.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The environment of frozen processes, beside what the engine started the container with. */
@Command(
    name = "env",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint env shop.tar --pid 1",
      "Shown is the memory that /proc/PID/environ shows. What a process adds later by setenv lies",
      "elsewhere in its heap, and a title written over it (setproctitle) shows as it lies there."
    })
final class EnvironmentCommand extends ProcessCommand {
  private static final int MAX_SPEC = 16 << 20;

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
    List<String> started = started(checkpoint, log);
    output.rows(
        console,
        EnvironmentReport.REPORT,
        rows -> {
          for (int pid : pids.chosen(memory)) {
            Optional<AddressSpace> space = memory.space(pid);
            if (space.isPresent()) {
              add(space.get(), memory.command(pid), started, rows, log);
            }
          }
        });
    return ExitCode.DONE;
  }

  private static List<String> started(Checkpoint checkpoint, FindingLog log) throws IOException {
    Optional<Node> spec = checkpoint.file("spec.dump");
    if (spec.isEmpty()) {
      log.add(Finding.missing(checkpoint.origin(), "spec.dump: nothing to compare with"));
      return List.of();
    }
    return RuntimeSpec.decode(spec.get().content().allBytes(MAX_SPEC), spec.get().origin()).env();
  }

  private static void add(
      AddressSpace space,
      Optional<byte[]> command,
      List<String> started,
      Report.Rows<EnvironmentRow> rows,
      FindingLog log)
      throws IOException {
    StartText text = new StartText(space);
    if (!text.isWhole()) {
      log.add(Finding.missing(space.origin(), "a part of the environment is not in the dump"));
    }
    for (EnvironmentRow row :
        EnvironmentRow.compare(
            space, command.orElse(null), StartText.texts(text.environment()), started)) {
      rows.add(row);
    }
  }
}
