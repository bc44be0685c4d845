package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an analyst types about checkpoints, and what comes back. */
class CheckpointCommandsTest {
  private static final String KUBELET = ":/var/lib/kubelet/checkpoints";

  @TempDir Path work;

  private static String archive(String name) {
    return CheckpointFixture.archive(name).toString();
  }

  @Test
  void showTellsOneLineOfEach() {
    Cli.Result shown =
        Cli.run(
            "checkpoint",
            "show",
            archive("counter-podman"),
            archive("multi-podman"),
            archive("shop-1"),
            archive("shop-2"),
            "-o",
            "jsonl");

    assertThat(shown.exit()).isZero();
    assertThat(shown.records())
        .extracting(each -> text(each, "name"))
        .containsExactly("counter", "multi", "shop", "shop");
    assertThat(shown.records())
        .extracting(each -> text(each, "processes"))
        .containsExactly("1", "4", "4", "6");
    assertThat(shown.records())
        .extracting(each -> text(each, "pages_written"))
        .containsExactly("18", "826", "83", "120");
    assertThat(shown.records())
        .extracting(each -> text(each, "engine"))
        .containsExactly("podman", "podman", "containerd", "containerd");
  }

  private static String text(JsonObject object, String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? "null" : value.getAsString();
  }

  /** What the CRI said of the container while it was frozen. */
  @ParameterizedTest
  @ValueSource(strings = {"shop-1", "shop-2", "sidecar"})
  void inspectTellsWhatTheEngineTold(String name) throws Exception {
    JsonObject status =
        JsonParser.parseString(CheckpointFixture.text(name, "cri-inspect.json"))
            .getAsJsonObject()
            .getAsJsonObject("status");
    JsonObject told = inspect(archive(name));

    assertThat(text(told, "id")).isEqualTo(text(status, "id"));
    assertThat(text(told, "name")).isEqualTo(text(status.getAsJsonObject("metadata"), "name"));
    assertThat(text(told, "image")).isEqualTo(text(status.getAsJsonObject("image"), "image"));
    assertThat(text(told, "image_digest")).isEqualTo(text(status, "image_ref"));
    assertThat(text(told, "log_path")).isEqualTo(text(status, "log_path"));
    assertThat(told.get("labels")).isEqualTo(status.get("labels"));
    Map<String, JsonElement> annotations = told.getAsJsonObject("annotations").asMap();
    assertThat(annotations).containsAllEntriesOf(status.getAsJsonObject("annotations").asMap());
    // the engine's record is made a moment before the CRI counts the container as created
    assertThat(status.get("created_at").getAsLong() - nanos(told, "created"))
        .isBetween(0L, 1_000_000_000L);
    assertThat(nanos(told, "started")).isEqualTo(status.get("started_at").getAsLong());
  }

  private static long nanos(JsonObject object, String name) {
    Instant time = Instant.parse(text(object, name));
    return time.getEpochSecond() * 1_000_000_000 + time.getNano();
  }

  private static JsonObject inspect(String archive) {
    Cli.Result told = Cli.run("checkpoint", "inspect", archive);
    assertThat(told.exit()).as(told.err()).isZero();
    return JsonParser.parseString(told.out()).getAsJsonObject();
  }

  @Test
  void documentsAreEmbeddedAsTheyAreStored() throws Exception {
    Map<String, byte[]> members = CheckpointFixture.members("counter-podman");
    JsonObject documents = inspect(archive("counter-podman")).getAsJsonObject("documents");

    for (String each : List.of("config.dump", "spec.dump")) {
      String stored = new String(members.get(each), StandardCharsets.UTF_8);
      assertThat(documents.get(each)).isEqualTo(JsonParser.parseString(stored));
    }
    assertThat(documents.get("descriptors.json").toString())
        .isEqualTo("[\"/dev/null\",\"pipe:[142667]\",\"pipe:[142668]\"]");
  }

  @ParameterizedTest
  @CsvSource({"shop-1, 0", "shop-2, 1", "sidecar, 2"})
  void listFindsThoseOnANode(String name, int index) throws Exception {
    Cli.Result listed =
        Cli.run("checkpoint", "list", Cli.node("gke-ckpt"), "--hash", "-o", "jsonl");
    List<String> told = CheckpointFixture.text(name, "archive.txt").lines().toList();
    JsonObject row = listed.records().get(index);

    assertThat(listed.exit()).isZero();
    assertThat(listed.records()).hasSize(3);
    assertThat(text(row, "path")).isEqualTo("/var/lib/kubelet/checkpoints/" + told.get(0));
    assertThat(text(row, "sha256")).isEqualTo(told.get(1));
    assertThat("inode " + text(row, "inode") + " size " + text(row, "size") + " mtime " + at(row))
        .isEqualTo(told.get(2));
    assertThat(text(row, "on_node")).isEqualTo("running");
  }

  /** The same without where each record lies. */
  private static JsonElement withoutOrigins(JsonElement value) {
    if (value.isJsonObject()) {
      value.getAsJsonObject().remove("origin");
      value.getAsJsonObject().asMap().values().forEach(CheckpointCommandsTest::withoutOrigins);
    } else if (value.isJsonArray()) {
      value.getAsJsonArray().forEach(CheckpointCommandsTest::withoutOrigins);
    }
    return value;
  }

  private static String at(JsonObject row) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn '+0000'", Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(Instant.parse(text(row, "modified")));
  }

  @Test
  void archiveOnANodeIsReadInPlace() throws Exception {
    String node = Cli.node("gke-ckpt") + KUBELET;
    String file = CheckpointFixture.text("shop-2", "archive.txt").lines().findFirst().orElseThrow();
    JsonObject there = inspect(node + "/" + file);
    JsonObject copy = inspect(archive("shop-2"));
    assertThat(withoutOrigins(there)).isEqualTo(withoutOrigins(copy));
    assertThat(Cli.run("checkpoint", "show", node, "-o", "jsonl").records()).hasSize(3);
  }

  @Test
  void directoryIsReadAsItsArchive() throws Exception {
    for (Map.Entry<String, byte[]> each : CheckpointFixture.members("counter-podman").entrySet()) {
      Path file = work.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    JsonObject unpacked = inspect(work.toString());
    JsonObject packed = inspect(archive("counter-podman"));

    for (String each : List.of("id", "engine", "statistics", "sizes", "documents", "processes")) {
      assertThat(unpacked.get(each)).as(each).isEqualTo(packed.get(each));
    }
    Cli.Result bare =
        Cli.run("checkpoint", "show", work.resolve("checkpoint").toString(), "-o", "jsonl");
    assertThat(text(bare.records().get(0), "engine")).isEqualTo("none");
    assertThat(text(bare.records().get(0), "processes")).isEqualTo("1");
  }

  @Test
  void oneThatIsDamagedDoesNotHideTheOthers() throws Exception {
    Path bad = work.resolve("bad.tar");
    Files.write(bad, "this is no archive".repeat(100).getBytes(StandardCharsets.UTF_8));
    Cli.Result shown =
        Cli.run("checkpoint", "show", bad.toString(), archive("shop-1"), "-o", "jsonl");

    assertThat(shown.exit()).isEqualTo(3);
    assertThat(shown.records()).hasSize(1);
    assertThat(shown.err()).contains("is no tar archive");
    assertThat(Cli.run("checkpoint", "show", bad.toString()).exit()).isEqualTo(1);
    assertThat(Cli.run("checkpoint", "show", work.resolve("none").toString()).exit()).isEqualTo(1);
  }

  @Test
  void archiveCutShortIsShownAsFarAsItGoes() throws Exception {
    byte[] whole = Files.readAllBytes(CheckpointFixture.archive("counter-later-podman"));
    for (int blocks = 120; blocks < whole.length / 512; blocks += 20) {
      Path cut = work.resolve("cut.tar");
      Files.write(cut, Arrays.copyOf(whole, blocks * 512));
      Cli.Result shown = Cli.run("checkpoint", "show", cut.toString(), "-o", "jsonl");
      assertThat(shown.exit()).as("%d", blocks).isEqualTo(3);
      assertThat(text(shown.records().get(0), "name")).isEqualTo("counter");
    }
  }

  /** An empty list would say that the process has none. */
  @ParameterizedTest
  @ValueSource(strings = {"files", "sockets"})
  void processThatIsNotThereIsNotTakenForOneWithNothing(String command) throws Exception {
    String shop = CheckpointFixture.archive("shop-1").toString();
    Cli.Result result = Cli.run("checkpoint", command, shop, "--pid", "99999");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("no process 99999; there are 1, ");
    assertThat(Cli.run("checkpoint", command, shop, "--pid", "1").exit()).isZero();
  }

  @Test
  void resultIsNotWrittenToTheEvidence() throws Exception {
    Path copy = work.resolve("copy.tar");
    Files.copy(CheckpointFixture.archive("counter-later-podman"), copy);
    Cli.Result refused =
        Cli.run(
            "checkpoint",
            "show",
            archive("shop-1"),
            copy.toString(),
            "--output-file",
            copy.toString());

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(Files.size(copy)).isEqualTo(178688);
  }
}
