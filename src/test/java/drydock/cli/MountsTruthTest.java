package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.fs.NameText;
import drydock.report.Rfc3339;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The mounts of containers are those that the live engine told of, and files below them are those
 * that the kernel showed of the disks that they are on.
 */
class MountsTruthTest {
  /** A container that its live engine was asked for. */
  record Live(String fixture, Path file) {
    String id() {
      return file.getFileName().toString().replace(".json", "");
    }

    @Override
    public String toString() {
      return fixture + " " + id().substring(0, 12);
    }

    JsonArray specified() throws IOException {
      JsonObject all = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      JsonElement info = all.get("info");
      if (info.isJsonObject() && info.getAsJsonObject().has("info")) {
        info = info.getAsJsonObject().get("info");
      }
      JsonObject told =
          info.isJsonObject()
              ? info.getAsJsonObject()
              : JsonParser.parseString(info.getAsString()).getAsJsonObject();
      return told.getAsJsonObject("runtimeSpec").getAsJsonArray("mounts");
    }
  }

  static Stream<Live> live() throws IOException {
    List<Live> all = new ArrayList<>();
    for (String fixture : List.of("gke-wp", "gke-small", "k3s")) {
      Path folder = Cli.FIXTURES.resolve(fixture).resolve("truth/live/cri/container");
      try (Stream<Path> files = Files.list(folder)) {
        files.sorted().forEach(file -> all.add(new Live(fixture, file)));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("live")
  void mountsAreThoseOfTheLiveContainer(Live live) throws IOException {
    Cli.Result result = Cli.run("list", "mounts", Cli.node(live.fixture), live.id(), "-o", "jsonl");
    assertThat(result.exit()).isZero();
    List<String> ours = result.records().stream().map(MountsTruthTest::words).toList();
    List<String> theirs = new ArrayList<>();
    live.specified().forEach(mount -> theirs.add(words(mount.getAsJsonObject())));
    assertThat(ours).isEqualTo(theirs).isNotEmpty();
  }

  private static String words(JsonObject mount) {
    return Stream.of("destination", "type", "source", "options")
        .map(name -> String.valueOf(mount.get(name)))
        .reduce("", (a, b) -> a + " " + b);
  }

  /** Files on the node's partition for its changing files, which it has at /var and /home. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-wp", "gke-small"})
  void filesBelowMountsAreThoseOfTheNode(String fixture) throws IOException {
    Map<String, String> truth = truth(fixture, "partition1.jsonl.gz");
    int compared = 0;
    for (Live each : live().filter(live -> live.fixture.equals(fixture)).toList()) {
      Map<String, String> sources = new HashMap<>();
      each.specified()
          .forEach(
              mount -> {
                JsonObject fields = mount.getAsJsonObject();
                sources.put(
                    fields.get("destination").getAsString().replaceFirst("^/var/run/", "/run/"),
                    String.valueOf(fields.get("source").getAsString()));
              });
      for (JsonObject row :
          Cli.run("find", Cli.node(fixture), each.id() + ":/", "--hash", "-o", "jsonl").records()) {
        String mount = row.has("mount") ? row.get("mount").getAsString() : "";
        String source = sources.getOrDefault(mount, "");
        boolean ofPartition = source.startsWith("/var/") || source.startsWith("/home/");
        if (!ofPartition || row.get("inode").isJsonNull() || row.has("mount_note")) {
          continue;
        }
        if (source.contains("volume-subpaths")) {
          continue; // the next test looks at these
        }
        String there =
            source.replaceFirst("/$", "") + row.get("path").getAsString().substring(mount.length());
        assertThat(facts(row)).as(there).isEqualTo(truth.get(there));
        assertThat(row.get("layer").isJsonNull()).isTrue();
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(fixture.equals("gke-wp") ? 200 : 5);
  }

  @Test
  void filesOfAPersistentVolumeAreThoseOfItsDisk() throws IOException {
    String disk = Cli.FIXTURES.resolve("gke-wp/pvc.qcow2").toString();
    Cli.Result result =
        Cli.run(
            "find",
            Cli.node("gke-wp"),
            "wordpress:/var/www/html",
            "--disk",
            disk,
            "--hash",
            "-o",
            "jsonl");
    Map<String, String> ours = new HashMap<>();
    for (JsonObject row : result.records()) {
      String path = row.get("path").getAsString().replaceFirst("^/var/www/html", "/wp");
      ours.put(path, facts(row));
      assertThat(row.get("origin").getAsString()).startsWith("pvc.qcow2 > ");
    }
    Map<String, String> theirs = truth("gke-wp", "pvc.jsonl.gz");
    theirs.keySet().removeIf(path -> !path.startsWith("/wp"));
    assertThat(ours).isEqualTo(theirs).hasSize(6);
    assertThat(result.exit()).isZero();
  }

  @Test
  void whichDiskAVolumeIsOnIsSaidToBeAGuess() {
    String disk = Cli.FIXTURES.resolve("gke-wp/pvc.qcow2").toString();
    List<JsonObject> rows =
        Cli.run("list", "volumes", Cli.node("gke-wp"), "--disk", disk, "-o", "jsonl").records();
    assertThat(rows)
        .filteredOn(row -> row.get("name").toString().contains("wordpress-pvc"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.get("disk").getAsString()).isEqualTo("pvc.qcow2");
              assertThat(row.get("guess").getAsBoolean()).isTrue();
              assertThat(row.get("note").getAsString()).contains("/var/www/html");
            });
    assertThat(Cli.run("list", "volumes", Cli.node("gke-wp"), "-o", "jsonl").records())
        .filteredOn(row -> row.get("name").toString().contains("wordpress-pvc"))
        .singleElement()
        .satisfies(row -> assertThat(row.get("status").getAsString()).isEqualTo("elsewhere"));
  }

  @Test
  void aFileOfAMountThatIsNotThereSaysWhy() {
    Cli.Result result = Cli.run("cat", Cli.node("gke-wp"), "wordpress:/var/www/html/index.php");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("add it with --disk");
    assertThat(Cli.run("ls", Cli.node("gke-wp"), "wordpress:/proc").err())
        .contains("which the kernel makes up");
    assertThat(Cli.run("ls", Cli.node("gke-wp"), "wordpress:/etc").out())
        .contains("/etc/tls [a volume of type secret, which was in memory]");
  }

  private static Map<String, String> truth(String fixture, String name) throws IOException {
    Map<String, String> facts = new HashMap<>();
    Path file = Cli.FIXTURES.resolve(fixture).resolve("truth").resolve(name);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        String path = NameText.of(NameText.unescape(row.get("path").getAsString()));
        facts.put(
            path,
            facts(row, "ino", Rfc3339.of(Instant.ofEpochSecond(0, row.get("mtime").getAsLong()))));
      }
    }
    return facts;
  }

  private static String facts(JsonObject row) {
    return facts(row, "inode", row.get("modified").getAsString());
  }

  private static String facts(JsonObject row, String inode, String modified) {
    JsonElement hash = row.get("sha256");
    return Stream.of(inode, "mode", "uid", "gid", "size")
            .map(name -> row.get(name).getAsString())
            .reduce("", (a, b) -> a + " " + b)
        + " "
        + modified
        + " "
        + (hash == null || hash.isJsonNull() ? "-" : hash.getAsString());
  }
}
