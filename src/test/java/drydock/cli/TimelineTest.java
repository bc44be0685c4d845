package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code timeline}, as mactime and plaso would read what it writes. */
class TimelineTest {
  private static final List<String> TIMES = List.of("atime", "mtime", "ctime", "btime");

  @TempDir Path folder;

  /** Times from 1901 to 2446 to the nanosecond, and names of any bytes, as the kernel told them. */
  @ParameterizedTest
  @ValueSource(strings = {"ext4-4k", "ext2-1k", "ext4-inline", "ext4-uninit-bg"})
  void bodyFileSaysOfEveryFileWhatTheKernelSaid(String image) throws IOException {
    Path disk = folder.resolve(image + ".raw");
    Files.write(disk, unpacked("ext4/" + image + ".img.gz"));
    Cli.Result result = Cli.run("timeline", disk.toString(), "--fraction", "--no-deleted");
    Map<String, String[]> found = new LinkedHashMap<>();
    for (String[] fields : lines(result)) {
      assertThat(found.put(name(fields), fields)).as(fields[1]).isNull();
    }
    String listing = new String(unpacked("ext4/" + image + ".jsonl.gz"), ISO_8859_1);
    List<JsonObject> told =
        listing.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(found).hasSameSizeAs(told).hasSizeGreaterThan(1000);
    for (JsonObject file : told) {
      String path = unescaped(file.get("path").getAsString());
      assertThat(found).containsKey(path);
      compare(found.get(path), file);
    }
  }

  private static void compare(String[] fields, JsonObject file) {
    List<String> names = List.of("ino", "mode", "uid", "gid", "size");
    for (int i = 0; i < names.size(); i++) {
      if (i != 1) {
        assertThat(fields[2 + i]).isEqualTo(file.get(names.get(i)).getAsString());
      }
    }
    for (int i = 0; i < TIMES.size(); i++) {
      if (file.has(TIMES.get(i)) && !file.get(TIMES.get(i)).isJsonNull()) {
        BigDecimal seconds = file.get(TIMES.get(i)).getAsBigDecimal().movePointLeft(9);
        assertThat(new BigDecimal(fields[7 + i])).as(fields[1]).isEqualByComparingTo(seconds);
      }
    }
  }

  /** A name, or a name and a target, with escapes undone: nothing in these images needs more. */
  private static String name(String[] fields) {
    String name = fields[1];
    boolean link = fields[3].charAt(2) == 'l' && name.contains(" -> ");
    return unescaped(link ? name.substring(0, name.lastIndexOf(" -> ")) : name);
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      boolean escape = text.startsWith("\\x", at);
      out.append(escape ? (char) Integer.parseInt(text, at + 2, at + 4, 16) : text.charAt(at));
      at += escape ? 3 : 0;
    }
    return out.toString();
  }

  /** A directory's names that readers would take for something else. */
  @Test
  void hostileNamesStayInTheirLine() throws IOException {
    List<String> names =
        List.of("a -> b", "a%41", "a\\x0ab", "a\\\\b", "a|1|2|3", "b\n0|c|1|r", "gone (deleted)");
    for (String name : names) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("z".repeat(255)));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("to -> |x"));
    Cli.Result result = Cli.run("timeline", folder.toString());
    assertThat(lines(result).stream().map(fields -> fields[1]))
        .containsExactly(
            "/",
            "/a -> b",
            "/a\\x2541",
            "/a\\x5c\\b",
            "/a\\x5cx0ab",
            "/a\\x7c1\\x7c2\\x7c3",
            "/b\\x0a0\\x7cc\\x7c1\\x7cr",
            "/gone \\x28deleted)",
            "/link -> to -\\x3e \\x7cx",
            "/" + "z".repeat(255));
  }

  @Test
  void containersHaveTheirNameAsItWasTyped() {
    Cli.Result result =
        Cli.run("timeline", Cli.node("gke-small"), "web", "shop/web-0/exporter", "--no-deleted");
    assertThat(result.exit()).isZero();
    List<String> names = lines(result).stream().map(fields -> fields[1]).toList();
    assertThat(names.get(0)).isEqualTo("web:/");
    assertThat(names).contains("shop/web-0/exporter:/");
    assertThat(names).allMatch(name -> name.matches("(?s)(web|shop/web-0/exporter):/.*"));
  }

  @Test
  void deletedFilesAreMarkedAndCanBeLeftOut() {
    String disk = Cli.node("gke-small");
    List<String[]> all = lines(Cli.run("timeline", disk));
    List<String[]> living = lines(Cli.run("timeline", disk, "--no-deleted"));
    assertThat(all).hasSizeGreaterThan(living.size());
    assertThat(all.stream().filter(fields -> !fields[1].contains(" (deleted")))
        .hasSameSizeAs(living);
    assertThat(all.get(all.size() - 1)[1])
        .matches(".*/\\$OrphanFiles/OrphanFile-\\d+ \\(deleted\\)");
  }

  @Test
  void onlyWhatIsTypedRightIsDone() {
    String disk = Cli.node("gke-small");
    assertThat(Cli.run("timeline", disk, "-o", "xlsx").exit()).isEqualTo(2);
    assertThat(Cli.run("timeline", disk, "no-such-container").exit()).isEqualTo(2);
    assertThat(Cli.run("timeline", disk, "-o", "bodyfile", "--md5").exit()).isZero();
  }

  private static List<String[]> lines(Cli.Result result) {
    String text = new String(result.bytes(), ISO_8859_1);
    assertThat(text).endsWith("\n");
    List<String[]> lines = text.lines().map(line -> line.split("\\|", -1)).toList();
    assertThat(lines).allMatch(fields -> fields.length == 11);
    return lines;
  }

  private static byte[] unpacked(String fixture) {
    try (InputStream file = Files.newInputStream(Cli.FIXTURES.resolve(fixture));
        InputStream in = new GZIPInputStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
