package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands in {@code docs/walkthrough.md} print what stands there. */
class WalkthroughTest {
  private static final Path FOLDER = Cli.FIXTURES.toAbsolutePath().getParent();
  private static final Pattern BLOCK =
      Pattern.compile("```console\n\\$ drydock (.*?)\n(.*?)```", Pattern.DOTALL);

  /** What the document writes into {@code case/}. */
  @TempDir Path written = Path.of("");

  /** A command with the output that the document shows. */
  record Shown(String command, String output) {
    @Override
    public String toString() {
      return command;
    }
  }

  static Stream<Shown> shown() throws IOException {
    List<Shown> all = new ArrayList<>();
    Matcher match = BLOCK.matcher(Files.readString(FOLDER.resolve("docs/walkthrough.md")));
    while (match.find()) {
      all.add(new Shown(match.group(1), match.group(2)));
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("shown")
  void commandPrintsWhatTheDocumentShows(Shown shown) {
    String[] piped = shown.command().split(" \\| grep ");
    Cli.Result result = run(piped[0]);
    String out = piped.length == 1 ? result.out() : linesWith(piped[1], result.out());
    assertThat(out).isEqualTo(shown.output());
    assertThat(result.exit()).isZero();
  }

  private static String linesWith(String word, String text) {
    return text.lines()
        .filter(line -> line.contains(word))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private Cli.Result run(String command) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ")) {
      String plain = word.replace("'", "");
      words.add(
          plain.startsWith("fixtures/")
              ? FOLDER.resolve(plain).toString()
              : plain.startsWith("case/") ? written + plain.substring("case".length()) : plain);
    }
    return Cli.run(words);
  }
}
