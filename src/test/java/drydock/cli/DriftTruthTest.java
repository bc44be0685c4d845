package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every container of real nodes changed, line by line against the difference of two kernel
 * mounts: the lower layers alone and with the upper one.
 *
 * <p>Where we tell more apart than that, it maps so: {@code touched} is "none"; {@code replaced} is
 * "modified" where the type is another, else (a directory made anew) "metadata" where a field
 * differs and "none" where not; {@code moved} is "added" at the new path. The sizes, contents and
 * targets of two types are not comparable and are no fields of {@code replaced}. Of a {@code
 * native} snapshot, which is a copy of all, nothing is {@code touched}. {@code by_runtime} is told
 * beside the change and changes nothing in it.
 */
class DriftTruthTest {
  private static final Map<String, String> FIELDS =
      Map.of("modified", "mtime", "attributes", "xattrs", "device", "rdev");
  private static final Set<String> OF_TWO_TYPES =
      Set.of("type", "mode", "uid", "gid", "mtime", "xattrs");

  /** What is compared of a path. */
  private record Line(String change, String type, Set<String> fields, String sha256) {}

  private static String path(JsonObject record) {
    byte[] bytes =
        record.has("path_hex")
            ? HexFormat.of().parseHex(record.get("path_hex").getAsString())
            : record.get("path").getAsString().getBytes(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      boolean plain = b >= ' ' && b < 0x7f && b != '\\';
      text.append(
          plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02x", b & 0xff));
    }
    return text.toString();
  }

  private static Set<String> strings(JsonElement array) {
    Set<String> strings = new TreeSet<>();
    if (array instanceof JsonArray all) {
      all.forEach(each -> strings.add(each.getAsString()));
    }
    return strings;
  }

  private static Line ours(JsonObject record) {
    Set<String> fields = new TreeSet<>();
    strings(record.get("fields")).forEach(each -> fields.add(FIELDS.getOrDefault(each, each)));
    String change =
        switch (record.get("change").getAsString()) {
          case "touched" -> "none";
          case "moved" -> "added";
          case "replaced" ->
              fields.contains("type") ? "modified" : fields.isEmpty() ? "none" : "metadata";
          default -> record.get("change").getAsString();
        };
    boolean added = change.equals("added");
    JsonElement upper = record.get("upper");
    String sha256 =
        added && upper.getAsJsonObject().get("sha256").isJsonPrimitive()
            ? upper.getAsJsonObject().get("sha256").getAsString()
            : "";
    return new Line(
        change, letter(record.get("type").getAsString()), added ? Set.of() : fields, sha256);
  }

  private static String letter(String type) {
    return switch (type) {
      case "directory", "dir" -> "d";
      case "file" -> "f";
      case "symlink" -> "l";
      case "fifo" -> "p";
      default -> type.substring(0, 1);
    };
  }

  private static Line truth(JsonObject row, boolean hashes) {
    Set<String> fields = strings(row.get("fields"));
    if (fields.contains("type")) {
      fields.retainAll(OF_TWO_TYPES);
    }
    JsonElement sha256 = row.get("sha256");
    String change = row.get("change").getAsString();
    return new Line(
        change,
        letter(row.get("type").getAsString()),
        fields,
        hashes && change.equals("added") && sha256 != null ? sha256.getAsString() : "");
  }

  /** By namespace and id, what {@code drift} says of each container. */
  private static Map<String, Map<String, Line>> drift(String node, int exit) {
    Cli.Result result = Cli.run("drift", Cli.node(node), "--touched", "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(exit);
    Map<String, Map<String, Line>> all = new TreeMap<>();
    for (JsonObject record : result.records()) {
      String key = record.get("namespace").getAsString() + "-" + record.get("id").getAsString();
      Line before = all.computeIfAbsent(key, k -> new TreeMap<>()).put(path(record), ours(record));
      assertThat(before).as("%s %s is told once", key, path(record)).isNull();
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({"gke-wp, 30, 457", "gke-small, 4, 68", "gke-ckpt, 5, 86", "k3s, 17, 162"})
  void everyContainerChangedWhatTheKernelShows(String node, int containers, int rows)
      throws IOException {
    Map<String, Map<String, Line>> ours = drift(node, 0);
    int compared = 0;
    Path folder = Cli.FIXTURES.resolve(node).resolve("truth/drift");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      assertThat(all).hasSize(containers);
      for (Path file : all) {
        String key = file.getFileName().toString().replace(".json", "");
        Map<String, Line> expected = new TreeMap<>();
        for (JsonElement row : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
          Line line = truth(row.getAsJsonObject(), true);
          if (!(key.contains("native") && line.change.equals("none"))) {
            expected.put(row.getAsJsonObject().get("path").getAsString(), line);
          }
        }
        compared += expected.size();
        assertThat(ours.getOrDefault(key, Map.of())).as(key).isEqualTo(expected);
      }
    }
    assertThat(compared).isEqualTo(rows);
  }

  /** Stopped containers of Docker are not among containerd's: not all was told. */
  @Test
  void containersOfDockersStoreChangedWhatTheKernelShows() throws IOException {
    Map<String, Map<String, Line>> ours = drift("docker-containerd", 3);
    Path folder = Cli.FIXTURES.resolve("docker-containerd/truth/containers");
    int compared = 0;
    try (Stream<Path> containers = Files.list(folder)) {
      for (Path container : containers.sorted().toList()) {
        String layers = Files.readString(container.resolve("layers.json"));
        String id = JsonParser.parseString(layers).getAsJsonObject().get("id").getAsString();
        Map<String, Line> mine = ours.get("moby-" + id);
        if (mine != null) {
          mine.values().removeIf(line -> line.change.equals("none"));
          mine.replaceAll((path, line) -> new Line(line.change, line.type, line.fields, ""));
          Map<String, Line> expected = lines(container);
          assertThat(mine).as(container.getFileName().toString()).isEqualTo(expected);
          compared += expected.size();
        }
      }
    }
    assertThat(compared).isEqualTo(485);
  }

  private static Map<String, Line> lines(Path container) throws IOException {
    Map<String, Line> lines = new TreeMap<>();
    Path packed = container.resolve("drift.jsonl.gz");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.exists(packed)
                    ? new GZIPInputStream(Files.newInputStream(packed))
                    : Files.newInputStream(container.resolve("drift.jsonl")),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        lines.put(row.get("path").getAsString(), truth(row, false));
      }
    }
    return lines;
  }
}
