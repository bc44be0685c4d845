package drydock.cli;

import drydock.cli.checkpoint.CheckpointCommand;
import drydock.cli.debug.DebugCommand;
import drydock.cli.option.CommandGroup;
import drydock.cli.option.Console;
import drydock.cli.option.Declarations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /** The command itself, as it is declared; of a group, with those of it that are wanted. */
  CommandLine load(Console console, Wanted wanted) {
    Drydock.Commands factory = new Drydock.Commands(console);
    CommandLine command = new CommandLine(declared(factory), factory);
    command.getCommandSpec().usageMessage().description(summary);
    if (command.getCommand() instanceof CommandGroup group) {
      List<Subcommand> members = members(group);
      for (Subcommand each : members) {
        if (wanted.isNext(name, each.name)) {
          return command.addSubcommand(each.name, each.load(console, wanted));
        }
      }
      for (Subcommand each : members) {
        boolean whole = wanted.has(each.name);
        command.addSubcommand(
            each.name, whole ? each.load(console, wanted) : each.mention(console));
      }
    }
    return command;
  }

  /** The group's own, then those that are not. */
  private static List<Subcommand> members(CommandGroup group) {
    List<Subcommand> members = new ArrayList<>();
    List<String> shared = new ArrayList<>(group.shared());
    for (CommandGroup.Member each : group.members()) {
      members.add(new Subcommand(each.name(), each.type(), each.summary()));
      shared.remove(each.name());
    }
    for (Subcommand each : ALL) {
      if (shared.contains(each.name)) {
        members.add(each);
      }
    }
    return members;
  }

  private CommandSpec declared(Drydock.Commands factory) {
    Object object;
    try {
      object = factory.create(type);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is no command", e);
    }
    Optional<Declarations> declarations = Declarations.of(type);
    if (declarations.isEmpty()) {
      return CommandSpec.forAnnotatedObject(object, factory);
    }
    CommandSpec spec = CommandSpec.wrapWithoutInspection(object, factory);
    declarations.get().addTo(spec, spec, object);
    return spec;
  }

  /** Its name and summary without its options, to be listed or suggested. */
  CommandLine mention(Console console) {
    CommandSpec spec = Declarations.emptySpec();
    spec.usageMessage().description(summary);
    return new CommandLine(spec, new Drydock.Commands(console));
  }

  /**
   * Which commands are to be made.
   *
   * @param arguments what was typed; without them all are
   */
  record Wanted(@Nullable List<String> arguments) {
    boolean has(String name) {
      return arguments == null || arguments.contains(name);
    }

    /** Whether that member of a group is the one that will run: its name follows the group's. */
    boolean isNext(String group, String member) {
      int at = arguments == null ? -1 : arguments.indexOf(group) + 1;
      return arguments != null
          && at > 0
          && at < arguments.size()
          && arguments.get(at).equals(member);
    }
  }
}
