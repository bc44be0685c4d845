package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.network.Networks;
import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.finding.FindingLog;
import drydock.report.checkpoint.NetworkReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The network of a checkpoint, as far as it was dumped. */
@Command(
    name = "network",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint network shop.tar",
      "Interfaces, addresses, routes, rules, connections that the firewall kept track of, and its",
      "lines. Engines give a network from outside as a rule: then that is all that is told, and",
      "'inspect' has the addresses that the engine wrote down. A chain CRIU of the firewall is of",
      "the dump itself."
    })
final class NetworkCommand extends ArchiveCommand {
  @Mixin OutputOption output = new OutputOption();

  NetworkCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Checkpoint checkpoint, FindingLog log) throws IOException {
    Frozen frozen = Frozen.of(checkpoint, log);
    output.rows(
        console,
        NetworkReport.REPORT,
        rows -> Networks.tell(frozen.dump().images(), log, rows::add));
    return ExitCode.DONE;
  }
}
