package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.triage.Clue;
import drydock.checkpoint.triage.Triage;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.ClueReport;
import drydock.report.checkpoint.ClueReport.Row;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an investigator looks at first, each with its reason. */
@Command(
    name = "triage",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint triage shop.tar",
      "  drydock checkpoint triage shop-1.tar shop-2.tar.zst -o jsonl",
      "Each row is a reason to look and no verdict: just-in-time compilers make code, and many",
      "servers rename themselves. No rows mean that no rule fitted, not that nothing happened."
    })
final class TriageCommand extends ArchivesCommand {
  @Option(names = "--show", description = "Show values of variables that look secret.")
  boolean show;

  @Mixin OutputOption output = new OutputOption();

  TriageCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Source checkpoints, FindingLog log) throws IOException {
    output.rows(
        console,
        ClueReport.REPORT,
        rows ->
            checkpoints.into(
                found -> {
                  for (Clue each : clues(found.checkpoint(), log)) {
                    rows.add(new Row(found.archive(), name(found.checkpoint()), each));
                  }
                }));
    return ExitCode.DONE;
  }

  /** Of several archives one without processes must not hide the others. */
  private List<Clue> clues(Checkpoint checkpoint, FindingLog log) throws IOException {
    try {
      return new Triage(show, log).of(checkpoint);
    } catch (IOException e) {
      if (archives.size() == 1) {
        throw e;
      }
      log.add(e, checkpoint.origin());
      return List.of();
    }
  }

  private static @Nullable String name(Checkpoint checkpoint) {
    ContainerFacts facts = checkpoint.facts();
    return facts.name() != null ? facts.name() : facts.id();
  }
}
