package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code find --hash} prints of each container's merged view is what the kernel showed of it.
 */
class MergedViewTest {
  private static final Path ROOTS = Cli.FIXTURES.resolve("gke-small/truth/rootfs");
  private static final Map<String, String> TYPES =
      Map.of(
          "f",
          "file",
          "d",
          "directory",
          "l",
          "symlink",
          "c",
          "character",
          "b",
          "block",
          "p",
          "fifo",
          "s",
          "socket");

  static Stream<Path> listings() throws IOException {
    try (Stream<Path> files = Files.list(ROOTS)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("listings")
  void recordsOfAllFilesAreTheKernels(Path listing) throws IOException {
    String id = listing.getFileName().toString().replaceAll("k8s.io-|\\.jsonl\\.gz", "");
    Cli.Result result =
        Cli.run("find", Cli.node("gke-small"), id + ":/", "--hash", "--no-volumes", "-o", "jsonl");
    assertThat(result.exit()).isZero();
    Map<String, Map<String, String>> ours = new TreeMap<>();
    for (JsonObject each : result.records()) {
      ours.put(each.get("path").getAsString(), ours(each));
    }
    assertThat(ours).isEqualTo(kernels(listing)).isNotEmpty();
  }

  private static Map<String, String> ours(JsonObject row) {
    Map<String, String> fields = new TreeMap<>();
    for (String name :
        new String[] {
          "type",
          "mode",
          "uid",
          "gid",
          "size",
          "links",
          "inode",
          "device",
          "target",
          "sha256",
          "layer",
          "modified",
          "changed",
          "born",
          "attributes"
        }) {
      JsonElement value = row.get(name);
      fields.put(name, value == null || value.isJsonNull() ? "null" : text(value));
    }
    return fields;
  }

  private static Map<String, Map<String, String>> kernels(Path listing) throws IOException {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(listing)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        rows.put(unescaped(text(row.get("path"))), kernels(row));
      }
    }
    return rows;
  }

  private static Map<String, String> kernels(JsonObject row) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("type", TYPES.get(text(row.get("type"))));
    fields.put("links", text(row.get("nlink")));
    fields.put("inode", text(row.get("real_ino")));
    fields.put("device", text(row.get("rdev")));
    fields.put("attributes", row.has("xattrs") ? row.get("xattrs").toString() : "{}");
    fields.put("target", unescaped(text(row.get("target"))));
    for (String same : new String[] {"mode", "uid", "gid", "size", "sha256", "layer"}) {
      fields.put(same, text(row.get(same)));
    }
    Map.of("mtime", "modified", "ctime", "changed", "btime", "born")
        .forEach((kernel, name) -> fields.put(name, time(row.get(kernel))));
    return fields;
  }

  private static String text(@Nullable JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return "null";
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static String time(@Nullable JsonElement nanos) {
    if (nanos == null || nanos.isJsonNull()) {
      return "null";
    }
    long value = nanos.getAsLong();
    Instant time = Instant.ofEpochSecond(0, value);
    return Rfc3339.of(time);
  }

  private static String unescaped(String text) {
    return NameText.of(NameText.unescape(text));
  }
}
