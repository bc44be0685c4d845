package drydock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the text of every source file: {@code docs/architecture.md}, house rules. */
class HouseRulesTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final int MOST_LINES = 500;

  /** Where the one handler of what nobody foresaw may stand. */
  private static final Path COMMAND_LINE = MAIN.resolve("drydock/cli");

  private static final Pattern CATCHES_ALL =
      Pattern.compile("catch\\s*\\([^)]*\\b(Exception|Throwable|RuntimeException|Error)\\b");

  @Test
  void fileIsNotLongerThanOneCanRead() {
    assertThat(sources(Path.of("src")))
        .allSatisfy(file -> assertThat(text(file).lines().count()).isLessThanOrEqualTo(MOST_LINES));
  }

  @Test
  void everyPackageSaysWhatItIsAndThatNullIsMarked() {
    assertThat(sources(MAIN).map(Path::getParent).distinct())
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(text(folder.resolve("package-info.java")))
                    .startsWith("/**")
                    .contains("@NullMarked"));
  }

  @Test
  void nobodyCatchesEverything() {
    assertThat(sources(MAIN).filter(file -> !file.startsWith(COMMAND_LINE)))
        .allSatisfy(file -> assertThat(text(file)).doesNotContainPattern(CATCHES_ALL));
    assertThat(sources(COMMAND_LINE).flatMap(file -> CATCHES_ALL.matcher(text(file)).results()))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(sources(Path.of("src")))
        .allSatisfy(
            file ->
                assertThat(text(file))
                    .doesNotContainPattern("\\b(TO" + "DO|FIX" + "ME)\\b")
                    .doesNotContainPattern("@Dis" + "abled|Thread\\.sle" + "ep"));
  }

  private static Stream<Path> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      return all.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
