package drydock.cli.debug;

import drydock.cli.option.Console;
import drydock.cli.option.ConsoleCommand;
import picocli.CommandLine.Command;

/** The group of commands that show a format. */
@Command(
    name = "debug",
    subcommands = {BoltCommand.class, Ext4Command.class, JournalCommand.class, Qcow2Command.class},
    synopsisSubcommandLabel = "FORMAT",
    footer = {
      "",
      "Example:",
      "  drydock debug qcow2 node.qcow2",
      "Formats are shown as they lie there; damaged ones as far as they can be read."
    })
public final class DebugCommand extends ConsoleCommand {
  DebugCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    throw usage("Missing format; 'drydock debug --help' lists them");
  }
}
