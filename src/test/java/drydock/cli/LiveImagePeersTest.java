package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import drydock.fs.NameText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What other programs make of images that {@code to-image} made, and of the archives in
 * checkpoints. Needs skopeo, Podman and GNU tar.
 */
@Tag("live")
class LiveImagePeersTest {
  private static final String NAME = "localhost/frozen:1";

  private static final Map<String, String> TYPES =
      Map.of(
          "-",
          "file",
          "d",
          "directory",
          "l",
          "symlink",
          "p",
          "fifo",
          "c",
          "character",
          "h",
          "file");

  private static final String LINK = " link to ";

  @TempDir Path folder;

  static Stream<String> archives() {
    return CheckpointFixture.ALL.stream();
  }

  private Path image(String name, String target) {
    Path image = folder.resolve(target);
    Cli.Result made =
        Cli.run(
            "checkpoint",
            "to-image",
            CheckpointFixture.archive(name).toString(),
            "--to",
            image.toString(),
            "--name",
            NAME);
    assertThat(image).as(made.err()).exists();
    return image;
  }

  private JsonObject json(String... words) throws Exception {
    JsonElement told = JsonParser.parseString(new String(run(words), UTF_8));
    return told.isJsonArray()
        ? told.getAsJsonArray().get(0).getAsJsonObject()
        : told.getAsJsonObject();
  }

  private byte[] run(String... words) throws Exception {
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(words).redirectError(errors.toFile()).start();
    byte[] said = process.getInputStream().readAllBytes();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(List.of(words) + Files.readString(errors)).isZero();
    return said;
  }

  private static Map<String, String> annotations(JsonObject of, String key) {
    Map<String, String> found = new TreeMap<>();
    of.getAsJsonObject(key)
        .entrySet()
        .forEach(e -> found.put(e.getKey(), e.getValue().getAsString()));
    return found;
  }

  /** Copied to a registry's form and back, it is the same checkpoint. */
  @ParameterizedTest
  @MethodSource("archives")
  void skopeoReadsLayoutsAndCopiesThem(String name) throws Exception {
    String layout = "oci:" + image(name, "layout") + ":" + NAME;
    JsonObject seen = json("skopeo", "inspect", layout);
    JsonObject config = json("skopeo", "inspect", "--config", layout);
    assertThat(seen.getAsJsonArray("Layers")).hasSize(1);
    assertThat(seen.get("Architecture").getAsString()).isEqualTo("amd64");
    assertThat(config.getAsJsonObject("rootfs").getAsJsonArray("diff_ids")).hasSize(1);

    Path copied = folder.resolve("copied");
    run("skopeo", "copy", "-q", layout, "dir:" + copied);
    JsonObject manifest =
        JsonParser.parseString(Files.readString(copied.resolve("manifest.json"))).getAsJsonObject();
    assertThat(annotations(manifest, "annotations"))
        .containsKeys("org.criu.checkpoint.container.name", "org.criu.checkpoint.engine.name");
    Path docker = folder.resolve("docker.tar");
    run("skopeo", "copy", "-q", layout, "docker-archive:" + docker + ":" + NAME);
    assertThat(ps(docker)).isEqualTo(ps(CheckpointFixture.archive(name)));
  }

  private static List<String> ps(Path archive) {
    List<String> rows = new ArrayList<>();
    for (JsonObject each :
        Cli.run("checkpoint", "ps", archive.toString(), "-o", "jsonl").records()) {
      each.remove("origin");
      rows.add(each.toString());
    }
    assertThat(rows).isNotEmpty();
    return rows;
  }

  @ParameterizedTest
  @MethodSource("archives")
  void podmanLoadsThemWithTheirAnnotations(String name) throws Exception {
    Path image = image(name, "image.tar");
    JsonObject manifest = json("skopeo", "inspect", "--raw", "oci-archive:" + image + ":" + NAME);
    String root = "--root=" + folder.resolve("root");
    String run = "--runroot=" + folder.resolve("run");
    run("podman", root, run, "--storage-driver=vfs", "load", "-q", "-i", image.toString());
    JsonObject seen = json("podman", root, run, "--storage-driver=vfs", "image", "inspect", NAME);

    Map<String, String> own = annotations(seen, "Annotations");
    assertThat(own).isNotEmpty();
    if (manifest.has("annotations")) {
      assertThat(own).isEqualTo(annotations(manifest, "annotations"));
    }
  }

  /** The archive of changes, listed by GNU tar. */
  @ParameterizedTest
  @MethodSource("archives")
  void tarListsTheSameChanges(String name) throws Exception {
    Path diff = folder.resolve("rootfs-diff.tar");
    Files.write(diff, CheckpointFixture.members(name).get("rootfs-diff.tar"));
    byte[] out =
        run(
            "tar",
            "--list",
            "--verbose",
            "--numeric-owner",
            "--full-time",
            "--utc",
            "--quoting-style=literal",
            "-f",
            diff.toString());
    List<String> theirs = new ArrayList<>();
    Set<String> further = new HashSet<>();
    for (String line : new String(out, ISO_8859_1).split("\n", -1)) {
      String[] field = NameText.of(line.getBytes(ISO_8859_1)).split(" +", 6);
      if (field.length == 6 && !field[5].contains("/.wh.") && !field[5].startsWith(".wh.")) {
        theirs.add(theirs(field));
        if (field[5].contains(LINK)) {
          further.add("/" + field[5].replaceFirst(LINK + ".*", ""));
        }
      }
    }
    List<String> own = new ArrayList<>();
    Cli.Result found =
        Cli.run(
            "find", CheckpointFixture.archive(name).toString(), "/", "--no-volumes", "-o", "jsonl");
    for (JsonObject each : found.records()) {
      // a directory that no entry names has no time
      if (!each.get("modified").isJsonNull()) {
        own.add(own(each, further.contains(each.get("path").getAsString())));
      }
    }
    assertThat(theirs).isNotEmpty();
    assertThat(own).containsExactlyInAnyOrderElementsOf(theirs);
  }

  private static String theirs(String... field) {
    String type = String.valueOf(TYPES.get(field[0].substring(0, 1)));
    // of a further name of a file no size is told
    boolean isFurther = field[5].contains(LINK);
    return joined(
        type,
        "/" + field[5].replaceFirst("/$", "").replaceFirst(LINK + ".*", ""),
        octal(field[0]),
        field[1],
        type.equals("file") && !isFurther ? field[2] : "",
        field[3] + "T" + field[4] + "Z");
  }

  /** The number that letters as in {@code -rwsr-xr-t} stand for. */
  private static String octal(String letters) {
    int mode = 0;
    for (int i = 0; i < 9; i++) {
      char letter = letters.charAt(i + 1);
      boolean isSpecial = "sStT".indexOf(letter) >= 0;
      mode |= letter != '-' && letter != 'S' && letter != 'T' ? 0400 >> i : 0;
      mode |= isSpecial ? 04000 >> i / 3 : 0;
    }
    return String.format(Locale.ROOT, "%04o", mode);
  }

  private static String own(JsonObject file, boolean isFurther) {
    String type = file.get("type").getAsString();
    boolean isLink = type.equals("symlink");
    return joined(
        type,
        file.get("path").getAsString() + (isLink ? " -> " + file.get("target").getAsString() : ""),
        file.get("mode").getAsString(),
        file.get("uid").getAsLong() + "/" + file.get("gid").getAsLong(),
        type.equals("file") && !isFurther ? file.get("size").getAsString() : "",
        file.get("modified").getAsString());
  }

  private static String joined(String... facts) {
    return String.join(" ", facts);
  }
}
