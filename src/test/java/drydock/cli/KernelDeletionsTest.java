package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel deleted, against what was known of it before ({@code ext4-deleted.sh}). */
class KernelDeletionsTest {
  private static final Path FOLDER = Cli.FIXTURES.resolve("ext4-deleted");

  @TempDir Path folder;

  private String image(String name) throws IOException {
    Path image = folder.resolve(name + ".img");
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(FOLDER.resolve(name + ".img.gz")))) {
      Files.copy(in, image);
    }
    return image.toString();
  }

  private static List<JsonObject> known(String name, String kinds) throws IOException {
    return Files.readAllLines(FOLDER.resolve(name + ".jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(each -> List.of(kinds.split(" ")).contains(text(each, "kind")))
        .toList();
  }

  private static String text(JsonObject row, String name) {
    return row.get(name) == null || row.get(name).isJsonNull() ? "" : row.get(name).getAsString();
  }

  private static long number(JsonObject row, String name) {
    return row.get(name).getAsLong();
  }

  private static Instant modified(JsonObject known) {
    BigInteger[] parts =
        known
            .get("modified")
            .getAsBigInteger()
            .divideAndRemainder(BigInteger.valueOf(1_000_000_000));
    return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
  }

  private static List<JsonObject> recovered(String image, String... options) {
    List<String> words = new java.util.ArrayList<>(List.of("recover", image, "-o", "jsonl"));
    words.addAll(List.of(options));
    return Cli.run(words).records();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext2", "ext3", "ext4", "ext4-sums", "ext4-orphan-file"})
  void filesThatWereOpenAreWholeAndTheOnlyOrphans(String name) throws IOException {
    List<JsonObject> held = known(name, "held");
    Path to = folder.resolve("out");
    List<JsonObject> orphans =
        recovered(image(name), "--all", "--to", to.toString(), "--source", "inode").stream()
            .filter(row -> text(row, "state").equals("orphan"))
            .toList();
    assertThat(orphans).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(number(orphans.get(i), "inode")).isEqualTo(number(held.get(i), "inode"));
      assertThat(number(orphans.get(i), "size")).isEqualTo(number(held.get(i), "size"));
      assertThat(number(orphans.get(i), "reused_blocks")).isZero();
      assertThat(text(orphans.get(i), "sha256")).isEqualTo(text(held.get(i), "sha256"));
      assertThat(text(orphans.get(i), "deleted")).isEmpty();
      if (!name.equals("ext2")) {
        assertThat(text(orphans.get(i), "path_guess")).isEqualTo(text(held.get(i), "path"));
      }
    }
  }

  /** A number that was given again says nothing of the file that had it. */
  @ParameterizedTest
  @ValueSource(strings = {"ext2", "ext3", "ext4", "ext4-sums", "ext4-orphan-file"})
  void deletedInodesAreThoseThatTheKernelDeletedAndDidNotGiveAgain(String name) throws IOException {
    String image = image(name);
    Set<Long> inUse =
        Cli.run("ls", image, "/", "-R", "-o", "jsonl").records().stream()
            .map(row -> number(row, "inode"))
            .collect(Collectors.toSet());
    Set<Long> expected =
        known(name, "plain many tree reused").stream()
            .map(each -> number(each, "inode"))
            .filter(inode -> !inUse.contains(inode))
            .collect(Collectors.toSet());
    List<JsonObject> deleted =
        recovered(image, "--source", "inode").stream()
            .filter(row -> text(row, "state").equals("deleted"))
            .toList();
    assertThat(deleted)
        .extracting(row -> number(row, "inode"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(deleted).allMatch(row -> !text(row, "deleted").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext3", "ext4", "ext4-sums", "ext4-orphan-file"})
  void theJournalTellsSizeTimePathAndContent(String name) throws IOException {
    Path to = folder.resolve("out");
    String image = image(name);
    List<JsonObject> rows = recovered(image, "--all", "--to", to.toString());
    int whole = 0;
    int reused = 0;
    for (JsonObject each : known(name, "plain many tree reused")) {
      if (text(each, "type").equals("directory")) {
        continue;
      }
      JsonObject row =
          rows.stream()
              .filter(found -> number(found, "inode") == number(each, "inode"))
              .filter(found -> text(found, "path_guess").equals(text(each, "path")))
              .findFirst()
              .orElseThrow(() -> new AssertionError(each.toString()));
      assertThat(text(row, "source")).startsWith("journal transaction ");
      assertThat(number(row, "size")).isEqualTo(number(each, "size"));
      assertThat(Instant.parse(text(row, "modified"))).isEqualTo(modified(each));
      if (number(row, "reused_blocks") == 0) {
        assertThat(text(row, "sha256")).isEqualTo(text(each, "sha256"));
        whole++;
      } else {
        assertThat(text(row, "sha256")).isNotEqualTo(text(each, "sha256"));
        reused++;
      }
    }
    assertThat(whole).isGreaterThan(20);
    assertThat(reused).isEqualTo(name.equals("ext4-orphan-file") ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext3", "ext4", "ext4-sums", "ext4-orphan-file"})
  void namesThatTheKernelWipedAreInOlderCopiesOfTheirDirectories(String name) throws IOException {
    List<JsonObject> rows =
        Cli.run("ls", image(name), "/", "-R", "--deleted", "-o", "jsonl").records().stream()
            .filter(row -> text(row, "deleted").equals("true"))
            .toList();
    Set<String> found =
        rows.stream()
            .map(row -> text(row, "inode") + " " + text(row, "type") + " " + text(row, "path"))
            .collect(Collectors.toSet());
    for (JsonObject each : known(name, "plain many held reused renamed")) {
      String path = text(each, each.has("was") ? "was" : "path");
      assertThat(found).contains(text(each, "inode") + " " + text(each, "type") + " " + path);
    }
    assertThat(rows)
        .filteredOn(row -> text(row, "path").equals("/renamed/old"))
        .allMatch(row -> text(row, "hidden").startsWith("deleted name, its inode is in use"));
    assertThat(rows)
        .filteredOn(row -> text(row, "path").startsWith("/held/"))
        .hasSize(2)
        .allMatch(row -> text(row, "hidden").startsWith("deleted name, its inode was still open"));
    List<JsonObject> many =
        rows.stream()
            .filter(row -> text(row, "path").startsWith("/many/"))
            .filter(row -> !text(row, "source").isEmpty())
            .toList();
    assertThat(many)
        .hasSizeGreaterThan(10)
        .allMatch(row -> !text(row, "deletion_time").isEmpty())
        .allMatch(row -> text(row, "origin").contains(" > journal transaction "));
  }

  @Test
  void withoutTheJournalNoNameComesFromIt() throws IOException {
    List<JsonObject> rows =
        Cli.run("ls", image("ext4"), "/", "-R", "--deleted", "--no-journal", "-o", "jsonl")
            .records();
    assertThat(rows).isNotEmpty().allMatch(row -> text(row, "source").isEmpty());
  }
}
