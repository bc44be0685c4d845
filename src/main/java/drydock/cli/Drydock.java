package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import drydock.cli.option.Console;
import drydock.cli.option.ConsoleCommand;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
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
  private final CommandSpec spec;

  private Drydock(Console console, List<Subcommand> subcommands) {
    spec = CommandSpec.wrapWithoutInspection(this, new Commands(console));
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
  static CommandLine forArguments(
      Console console, List<String> arguments, List<Subcommand> subcommands) {
    return make(console, arguments, subcommands, new Subcommand.Wanted(arguments));
  }

  private static CommandLine make(
      Console console,
      List<String> arguments,
      List<Subcommand> subcommands,
      Subcommand.Wanted wanted) {
    CommandLine root =
        new CommandLine(new Drydock(console, subcommands).spec, new Commands(console));
    for (Subcommand each : subcommands) {
      if (wanted.has(each.name())) {
        root.addSubcommand(each.name(), each.load(console, wanted));
      }
    }
    // None: then the names alone serve for suggestions to who mistyped one.
    if (root.getSubcommands().isEmpty() && !onlyOptions(arguments)) {
      for (Subcommand each : subcommands) {
        root.addSubcommand(each.name(), each.mention(console));
      }
    }
    ErrorHandler errors = new ErrorHandler(console);
    return root.setOut(new PrintWriter(new OutputStreamWriter(console.out(), UTF_8)))
        .setErr(console.err())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setExpandAtFiles(false);
  }

  /** Runs the program: all of it but its exit. */
  static int run(Console console, List<String> arguments) {
    try {
      CommandLine root = forArguments(console, arguments, Subcommand.ALL);
      int exit = root.execute(arguments.toArray(String[]::new));
      root.getOut().flush();
      return exit;
    } catch (OutOfMemoryError | StackOverflowError e) {
      return new ErrorHandler(console).handle(e);
    }
  }

  /** With all commands, for completion scripts and for what checks every command. */
  static CommandLine whole(Console console, List<Subcommand> subcommands) {
    return make(console, List.of(), subcommands, new Subcommand.Wanted(null));
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Missing command; 'drydock --help' lists them");
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
  record Commands(Console console) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws ReflectiveOperationException {
      if (type == List.class) {
        return type.cast(new ArrayList<>());
      }
      boolean speaks = ConsoleCommand.class.isAssignableFrom(type);
      Constructor<K> constructor =
          speaks ? type.getDeclaredConstructor(Console.class) : type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return speaks ? constructor.newInstance(console) : constructor.newInstance();
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
