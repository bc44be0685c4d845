package drydock.cli;

import drydock.cli.checkpoint.CheckpointCommand;
import drydock.cli.debug.DebugCommand;
import drydock.cli.option.CommandGroup;
import drydock.cli.option.Console;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command by name: its class is loaded when it is asked for, not before. */
record Subcommand(String name, Class<?> type, String summary) {
  /** All commands, in the order in which the help lists them. One line each. */
  static final List<Subcommand> ALL =
      List.of(
          new Subcommand("info", InfoCommand.class, "Show what the evidence is, and the node."),
          new Subcommand("list", ListCommand.class, "List containers, pods, images ..."),
          new Subcommand(
              "inspect", InspectCommand.class, "Show all that is known of one container."),
          new Subcommand("spec", SpecCommand.class, "Print a container's runtime spec as stored."),
          new Subcommand("env", EnvCommand.class, "Show containers' environment variables."),
          new Subcommand(
              "history", HistoryCommand.class, "Show how an image was made, layer by layer."),
          new Subcommand("logs", LogsCommand.class, "Print what containers wrote."),
          new Subcommand("ls", LsCommand.class, "List directories of a container or the node."),
          new Subcommand("tree", TreeCommand.class, "Draw directories and what is below them."),
          new Subcommand("stat", StatCommand.class, "Show a file's times, owner, attributes ..."),
          new Subcommand("cat", CatCommand.class, "Print files as they are."),
          new Subcommand("find", FindCommand.class, "Find files by name, time, owner ..."),
          new Subcommand("hash", HashCommand.class, "Hash files and whole trees."),
          new Subcommand("whose", WhoseCommand.class, "Tell whose files of the node are."),
          new Subcommand(
              "export", ExportCommand.class, "Take a container's files out, with a manifest."),
          new Subcommand("drift", DriftCommand.class, "Show what containers changed."),
          new Subcommand(
              "verify", VerifyCommand.class, "Compare contents and layers with their digests."),
          new Subcommand(
              "timeline", TimelineCommand.class, "Tell what happened when, in files and engines."),
          new Subcommand(
              "recover", RecoverCommand.class, "List deleted files, and take out what is left."),
          new Subcommand(
              "checkpoint", CheckpointCommand.class, "Look into checkpoints of containers."),
          new Subcommand(
              "debug", DebugCommand.class, "Show one format as it lies there, for engineers."),
          new Subcommand(
              "completion", CompletionCommand.class, "Print a completion script for a shell."),
          new Subcommand("help", HelpCommand.class, "Explain a command."));

  /** The command itself, made from its annotations; of a group, with those of it that are named. */
  CommandLine load(Console console, Predicate<String> named) {
    CommandLine command = new CommandLine(type, new Drydock.Commands(console));
    command.getCommandSpec().usageMessage().description(summary);
    if (command.getCommand() instanceof CommandGroup group) {
      for (CommandGroup.Member each : group.members()) {
        new Subcommand(each.name(), each.type(), each.summary()).addTo(command, console, named);
      }
      for (Subcommand each : ALL) {
        if (group.shared().contains(each.name)
            && !command.getSubcommands().containsKey(each.name)) {
          each.addTo(command, console, named);
        }
      }
    }
    return command;
  }

  private void addTo(CommandLine group, Console console, Predicate<String> named) {
    group.addSubcommand(name, named.test(name) ? load(console, named) : mention(console));
  }

  /** Its name and summary without its options, to be listed or suggested. */
  CommandLine mention(Console console) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(summary);
    return new CommandLine(spec, new Drydock.Commands(console));
  }
}
