package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The root of frozen containers, of the archive and the node's layers, against what the kernel
 * showed at that moment: every path, every field. Where the archive cannot tell, the truth says
 * what image and archive together hold instead, and that is compared.
 */
class FrozenTruthTest {
  private static final Map<String, String> TYPES =
      Map.of("directory", "d", "file", "f", "symlink", "l", "fifo", "p", "character", "c");

  private static JsonArray truths(String name, String file) throws Exception {
    return JsonParser.parseString(CheckpointFixture.text(name, file)).getAsJsonArray();
  }

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

  private static String nanos(JsonElement time) {
    Instant at = Instant.parse(time.getAsString());
    return Long.toString(at.getEpochSecond() * 1_000_000_000 + at.getNano());
  }

  /** Our record in the words of the truth. */
  private static Map<String, String> ours(JsonObject file) {
    Map<String, String> fields = new TreeMap<>();
    String type = TYPES.get(file.get("type").getAsString());
    fields.put("type", type);
    fields.put(
        "mode", "0".repeat(4 - file.get("mode").getAsString().length()) + text(file, "mode"));
    fields.put("uid", text(file, "uid"));
    fields.put("gid", text(file, "gid"));
    fields.put("mtime", nanos(file.get("modified")));
    if (!type.equals("d")) {
      fields.put("size", text(file, "size"));
      fields.put("nlink", text(file, "links"));
    }
    put(fields, "sha256", file.get("sha256"));
    put(fields, "target", file.get("target"));
    put(fields, "rdev", file.get("device"));
    fields.put("xattrs", file.get("attributes").toString());
    fields.put("layer", text(file, "layer"));
    if (file.get("layer").getAsInt() > 0) {
      fields.put("ino", text(file, "inode"));
      fields.put("ctime", nanos(file.get("changed")));
      fields.put("btime", nanos(file.get("born")));
    }
    return fields;
  }

  private static String text(JsonObject record, String name) {
    return record.get(name).getAsString();
  }

  private static void put(Map<String, String> fields, String name, JsonElement value) {
    if (value != null && !value.isJsonNull()) {
      fields.put(name, value.getAsString());
    }
  }

  /** What the kernel showed, but for what the archive lost. */
  private static Map<String, JsonObject> truth(String name) throws Exception {
    Map<String, JsonObject> all = new TreeMap<>();
    CheckpointFixture.text(name, "rootfs.jsonl")
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .forEach(file -> all.put(text(file, "path"), file));
    for (JsonElement each : truths(name, "rootfs-vs-archive.json")) {
      JsonObject lost = each.getAsJsonObject();
      String path = text(lost, "path");
      if (lost.has("only")) {
        assertThat(text(lost, "only")).isEqualTo("frozen root");
        assertThat(text(lost, "type")).isEqualTo("s");
        all.remove(path);
        continue;
      }
      JsonObject file = all.get(path);
      lost.getAsJsonArray("fields").forEach(field -> file.remove(field.getAsString()));
      lost.getAsJsonObject("archive").entrySet().forEach(f -> file.add(f.getKey(), f.getValue()));
      if (!lost.get("in_archive").getAsBoolean()) {
        List.of("layer", "ino", "ctime", "btime").forEach(file::remove);
      }
    }
    return all;
  }

  private static List<String> differences(Map<String, String> ours, JsonObject truth) {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, String> field : ours.entrySet()) {
      String name = field.getKey();
      boolean ofLayer = List.of("layer", "ino", "ctime", "btime").contains(name);
      if (ofLayer && !truth.has(name)) {
        continue;
      }
      JsonElement value = truth.get(name);
      String there =
          value == null || value.isJsonNull()
              ? "{}"
              : value.isJsonPrimitive() ? value.getAsString() : value + "";
      if (!there.equals(field.getValue())) {
        differences.add(text(truth, "path") + " " + field + " is " + there);
      }
    }
    return differences;
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void rootIsWhatTheKernelShowedWhenItWasFrozen(String name) throws Exception {
    Cli.Result result =
        Cli.run(
            "find",
            CheckpointFixture.archive(name).toString(),
            "/",
            "--disk",
            Cli.node("gke-ckpt"),
            "--no-volumes",
            "--hash",
            "-o",
            "jsonl");
    assertThat(result.exit()).isZero();
    Map<String, JsonObject> truth = truth(name);
    Map<String, Map<String, String>> found = new TreeMap<>();
    result.records().forEach(file -> found.put(path(file), ours(file)));

    assertThat(found.keySet()).isEqualTo(truth.keySet());
    List<String> differences = new ArrayList<>();
    found.forEach((path, file) -> differences.addAll(differences(file, truth.get(path))));
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void driftIsWhatTheKernelsViewsDifferInButForWhatTheArchiveLost(String name) throws Exception {
    Cli.Result result =
        Cli.run(
            "drift",
            CheckpointFixture.archive(name).toString(),
            "--disk",
            Cli.node("gke-ckpt"),
            "-o",
            "jsonl");
    assertThat(result.exit()).isZero();
    Map<String, String> found = new TreeMap<>();
    for (JsonObject each : result.records()) {
      found.put(path(each), text(each, "change"));
    }
    Map<String, String> truth = new TreeMap<>();
    for (JsonElement each : truths(name, "drift.json")) {
      JsonObject change = each.getAsJsonObject();
      truth.put(text(change, "path"), text(change, "change"));
    }
    truth.values().removeIf("none"::equals);
    TreeSet<String> lost = new TreeSet<>();
    for (JsonElement each : truths(name, "rootfs-vs-archive.json")) {
      JsonObject file = each.getAsJsonObject();
      if (file.has("only") || !file.get("in_archive").getAsBoolean()) {
        lost.add(text(file, "path"));
      }
    }
    truth.keySet().removeAll(lost);
    assertThat(found).isEqualTo(truth);
  }
}
