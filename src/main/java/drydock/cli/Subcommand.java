package drydock.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command by name: its class is loaded when it is asked for, not before. */
record Subcommand(String name, Class<?> type, String summary) {
  /** All commands, in the order in which the help lists them. One line each. */
  static final List<Subcommand> ALL = List.of();

  /** The command itself, made from its annotations. */
  CommandLine load() {
    CommandLine command = new CommandLine(type, new Drydock.Commands());
    command.getCommandSpec().usageMessage().description(summary);
    return command;
  }

  /** Its name and summary without its options, to be listed or suggested. */
  CommandLine mention() {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(summary);
    return new CommandLine(spec, new Drydock.Commands());
  }
}
