package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ConsoleCommand;
import drydock.cli.option.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The help of drydock, or of one command. */
@Command(
    name = "help",
    footer = {"", "Example:", "  drydock help find"})
final class HelpCommand extends ConsoleCommand {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command to explain.")
  @Nullable List<String> words;

  HelpCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    CommandLine at = Drydock.whole(console, Subcommand.ALL);
    for (String word : words == null ? List.<String>of() : words) {
      CommandLine next = at.getSubcommands().get(word);
      if (next == null) {
        throw usage("there is no command '" + word + "'; 'drydock --help' lists all");
      }
      at = next;
    }
    PrintWriter out = spec().commandLine().getOut();
    at.usage(out);
    out.flush();
    return ExitCode.DONE;
  }
}
