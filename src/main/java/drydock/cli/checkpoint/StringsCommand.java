package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.memory.Memory;
import drydock.checkpoint.memory.MemoryStrings;
import drydock.checkpoint.memory.TextKind;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.HitRow;
import drydock.report.StringReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What looks like text in the memory of frozen processes. */
@Command(
    name = "strings",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint strings shop.tar --pid 7 --min 12",
      "What several processes share is listed once. A text of more than 4096 bytes is cut into",
      "several."
    })
final class StringsCommand extends ProcessCommand {
  private static final int MAX_SHORTEST = 1024;

  @Option(
      names = "--min",
      paramLabel = "N",
      description = "Only texts of N characters or more. Default: 4.")
  int min = 4;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      split = ",",
      description = "ascii, utf-16le, utf-16be; ascii if none is named. Repeatable.")
  List<String> encodings = new ArrayList<>();

  @Mixin OutputOption output = new OutputOption();

  StringsCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, Memory memory, FindingLog log) throws IOException {
    if (min < 1 || min > MAX_SHORTEST) {
      throw usage("--min is 1 to " + MAX_SHORTEST + " characters");
    }
    List<TextKind> kinds = kinds();
    MemoryStrings all = new MemoryStrings(memory, min, kinds, log);
    output.rows(
        console,
        StringReport.REPORT,
        rows ->
            all.run(
                pids.named(),
                hit -> {
                  String kind = kinds.get(hit.pattern()).text();
                  rows.add(new HitRow(hit, kind, kind));
                }));
    return ExitCode.DONE;
  }

  private List<TextKind> kinds() {
    List<TextKind> kinds = new ArrayList<>();
    for (String name : encodings) {
      String wanted = name.strip().toLowerCase(Locale.ROOT);
      int before = kinds.size();
      for (TextKind kind : TextKind.values()) {
        if (kind.text().equals(wanted) && !kinds.contains(kind)) {
          kinds.add(kind);
        }
      }
      if (kinds.size() == before) {
        throw usage("--encoding is ascii, utf-16le or utf-16be, each once, not '" + name + "'");
      }
    }
    return kinds.isEmpty() ? List.of(TextKind.ASCII) : kinds;
  }
}
