package drydock.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/**
 * The root command: knows the names of all others and makes those that are asked for.
 *
 * <p>Its own options and list of commands are made without annotations, because reading the
 * annotations of every command would take longer than most commands do.
 */
final class Drydock implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this, new Commands());

  private Drydock(List<Subcommand> subcommands) {
    spec.name("drydock")
        .versionProvider(new Version())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help, or with a command before it that command's.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
    UsageMessageSpec usage = spec.usageMessage();
    usage.description(
        "Looks into the containers on a disk image, offline and without mounting it.", "");
    usage.synopsisSubcommandLabel("COMMAND");
    usage.customSynopsis("drydock COMMAND [KIND] EVIDENCE [SELECTOR] [options]");
    usage.commandListHeading("");
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new Listing(subcommands));
  }

  /** Ready to execute {@code arguments}: only the commands that these name are in it. */
  static CommandLine forArguments(List<String> arguments, List<Subcommand> subcommands) {
    CommandLine root = new CommandLine(new Drydock(subcommands).spec, new Commands());
    for (Subcommand each : subcommands) {
      if (arguments.contains(each.name())) {
        root.addSubcommand(each.name(), each.load());
      }
    }
    // None: then the names alone serve for suggestions to who mistyped one.
    if (root.getSubcommands().isEmpty() && !onlyOptions(arguments)) {
      for (Subcommand each : subcommands) {
        root.addSubcommand(each.name(), each.mention());
      }
    }
    return root.setExpandAtFiles(false);
  }

  /** With all commands, for completion scripts and for what checks every command. */
  static CommandLine whole(List<Subcommand> subcommands) {
    return forArguments(subcommands.stream().map(Subcommand::name).toList(), subcommands);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  private static boolean onlyOptions(List<String> arguments) {
    for (String argument : arguments) {
      if (!argument.startsWith("-")) {
        return false;
      }
    }
    return true;
  }

  /**
   * The list of commands in the help. Not a lambda: those keep their interface out of the archive.
   */
  private record Listing(List<Subcommand> subcommands) implements IHelpSectionRenderer {
    @Override
    public String render(Help help) {
      Map<String, String> rows = new LinkedHashMap<>();
      for (Subcommand each : subcommands) {
        rows.put(each.name(), each.summary());
      }
      return rows.isEmpty() ? "" : "\nCommands:\n" + help.createTextTable(rows);
    }
  }

  /** Makes commands and what they are made of; without the search for Groovy of picocli's own. */
  record Commands() implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws ReflectiveOperationException {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    }
  }

  private record Version() implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Drydock.class.getPackage().getImplementationVersion();
      return new String[] {"drydock " + (version == null ? "(not packaged)" : version)};
    }
  }
}
