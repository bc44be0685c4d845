package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.cli.option.Console;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest {
  private final Console console = Console.of(OutputStream.nullOutputStream(), new StringWriter());

  @Test
  void aMistypedCommandIsToldItsNearestNames() {
    Cli.Result result = Cli.run("lst", "node.raw");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("there is no command 'lst'; did you mean drydock list");
  }

  @Test
  void aKindThatIsNoneIsToldTheKindsAsTheyAreTyped() {
    Cli.Result result = Cli.run("list", "boxes", "node.raw");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("'boxes' is none of containers, pods, images");
    assertThat(Cli.run("list", "Pods", "node.raw").err()).doesNotContain("none of");
  }

  @Test
  void everyCommandsHelpShowsAnExampleThatParses() {
    for (CommandLine command : all(Drydock.whole(console, Subcommand.ALL))) {
      String name = command.getCommandSpec().qualifiedName();
      List<String> examples = examples(command.getUsageMessage());
      assertThat(examples).as(name).isNotEmpty();
      for (String example : examples) {
        List<String> words = words(example);
        CommandLine root = Drydock.whole(console, Subcommand.ALL);
        assertThat(
                root.parseArgs(words.subList(1, words.size()).toArray(String[]::new))
                    .hasSubcommand())
            .as(example)
            .isTrue();
      }
    }
  }

  @Test
  void helpIsShownByOptionAndByCommandAlike() {
    assertThat(Cli.run("help", "find").out()).isEqualTo(Cli.run("find", "--help").out());
    assertThat(Cli.run("help", "debug", "bolt").out()).startsWith("Usage: drydock debug bolt ");
    assertThat(Cli.run("help").out()).isEqualTo(Cli.run("--help").out());
    assertThat(Cli.run("help", "fnd").exit()).isEqualTo(2);
  }

  @Test
  void completionScriptsKnowEveryCommand() {
    for (String shell : List.of("bash", "zsh", "fish")) {
      Cli.Result script = Cli.run("completion", shell);
      assertThat(script.exit()).isZero();
      for (Subcommand each : Subcommand.ALL) {
        assertThat(script.out()).contains(each.name());
      }
      assertThat(script.out()).contains("no-journal").contains("jsonl").contains("snapshots");
    }
  }

  private static List<CommandLine> all(CommandLine root) {
    List<CommandLine> all = new ArrayList<>();
    for (CommandLine each : root.getSubcommands().values()) {
      all.add(each);
      all.addAll(all(each));
    }
    return all;
  }

  private static List<String> examples(String help) {
    String joined = help.replace("\\\n", "");
    return joined.lines().filter(line -> line.startsWith("  drydock ")).map(String::strip).toList();
  }

  /** The words of a line as a shell would see them: quotes taken away, redirections left out. */
  private static List<String> words(String line) {
    String command = line.replaceFirst(" > .*", "").replace("'", "");
    return List.of(command.split("\\s+"));
  }
}
