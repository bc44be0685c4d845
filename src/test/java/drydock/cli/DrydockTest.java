package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.cli.option.Console;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class DrydockTest {
  private static final List<Subcommand> TWO =
      List.of(
          new Subcommand("weigh", Weigh.class, "says what it weighs"),
          new Subcommand("broken", Broken.class, "cannot even be made"));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpListsEveryCommandWithoutMakingOne() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: drydock COMMAND ")
        .containsPattern("(?m)^  weigh +says what it weighs$")
        .containsPattern("(?m)^  broken +cannot even be made$");
  }

  @Test
  void onlyTheNamedCommandIsMade() {
    assertThat(run("weigh", "anchor")).isEqualTo(6);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void helpOfACommandShowsItsSummary() {
    run("weigh", "--help");
    assertThat(out.toString()).startsWith("Usage: drydock weigh ").contains("says what it weighs");
  }

  @Test
  void mistypedCommandIsAUsageErrorThatNamesTheNearest() {
    assertThat(run("wiegh", "anchor")).isEqualTo(2);
    assertThat(err.toString()).contains("wiegh").contains("drydock weigh");
  }

  @Test
  void noCommandIsAUsageError() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Missing command").contains("drydock --help");
  }

  @Test
  void argumentThatStartsWithAnAtSignIsNotAFileOfArguments() {
    assertThat(run("weigh", "@anchor")).isEqualTo(7);
  }

  @Test
  void everyCommandCanBeMadeAndSaysWhatItDoes() {
    assertThat(
            Drydock.whole(Console.of(OutputStream.nullOutputStream(), err), Subcommand.ALL)
                .getSubcommands())
        .hasSameSizeAs(Subcommand.ALL)
        .allSatisfy(
            (name, command) -> {
              assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
              assertThat(command.getCommandName()).isEqualTo(name);
            });
  }

  private int run(String... arguments) {
    Console console = Console.of(OutputStream.nullOutputStream(), err);
    CommandLine root = Drydock.forArguments(console, List.of(arguments), TWO);
    return root.setOut(new PrintWriter(out)).execute(arguments);
  }

  @Command(name = "weigh", mixinStandardHelpOptions = true)
  static final class Weigh implements Callable<Integer> {
    @Parameters String what = "";

    @Override
    public Integer call() {
      return what.length();
    }
  }

  @Command(name = "broken")
  static final class Broken {
    Broken() {
      throw new IllegalStateException("made without need");
    }
  }
}
