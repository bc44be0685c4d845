package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ConsoleCommand;
import drydock.cli.option.ExitCode;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A script that makes a shell complete drydock's commands and options. */
@Command(
    name = "completion",
    footer = {
      "",
      "Example:",
      "  drydock completion bash > ~/.local/share/bash-completion/completions/drydock",
      "  drydock completion fish > ~/.config/fish/completions/drydock.fish",
      "In zsh: source the script from ~/.zshrc. Names inside of evidence are not completed."
    })
final class CompletionCommand extends ConsoleCommand {
  /** Shells, as they are typed. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(index = "0", paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  Shell shell = Shell.BASH;

  CompletionCommand(Console console) {
    super(console);
  }

  @Override
  public Integer call() {
    CommandLine whole = Drydock.whole(console, Subcommand.ALL);
    PrintWriter out = spec().commandLine().getOut();
    // picocli's script for bash loads what zsh needs to understand it.
    String script =
        shell == Shell.FISH
            ? FishCompletion.script(whole)
            : AutoComplete.bash(whole.getCommandName(), whole);
    out.print(script);
    out.flush();
    return ExitCode.DONE;
  }
}
