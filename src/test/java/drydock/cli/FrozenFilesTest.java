package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.LittleEndian;
import drydock.checkpoint.CheckpointFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of mapped files that a dump leaves out are taken from the layers of the image. */
class FrozenFilesTest {
  @TempDir Path directory;

  private static List<JsonObject> processes(String name) throws Exception {
    JsonElement all = JsonParser.parseString(CheckpointFixture.text(name, "processes.json"));
    List<JsonObject> found = new ArrayList<>();
    for (JsonElement each : all.getAsJsonArray()) {
      JsonObject process = each.getAsJsonObject();
      if (process.has("vmas") && process.getAsJsonArray("vmas").size() > 0) {
        found.add(process);
      }
    }
    return found;
  }

  private static int pid(JsonObject process) {
    return process.get("pid_in_container").getAsInt();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** What /proc/PID/mem said of every mapping but the stacks, on which a sleep was interrupted. */
  @ParameterizedTest
  @CsvSource({"shop-1, 38", "shop-2, 60", "sidecar, 24"})
  void coresHaveAllThatWasInMemory(String name, int count) throws Exception {
    Path cores = directory.resolve(name);
    Cli.Result made =
        Cli.run(
            "checkpoint",
            "core",
            CheckpointFixture.archive(name).toString(),
            "--disk",
            Cli.node("gke-ckpt"),
            "--to",
            cores.toString(),
            "-o",
            "jsonl");
    assertThat(made.exit()).as(made.err()).isZero();
    Map<Integer, JsonObject> rows = new HashMap<>();
    made.records().forEach(row -> rows.put(row.get("pid").getAsInt(), row));

    List<String> differences = new ArrayList<>();
    int equal = 0;
    for (JsonObject process : processes(name)) {
      byte[] core = Files.readAllBytes(cores.resolve("core." + pid(process)));
      for (JsonElement each : process.getAsJsonArray("vmas")) {
        JsonObject area = each.getAsJsonObject();
        if (!area.has("sha256") || area.get("sha256").isJsonNull()) {
          continue;
        }
        long start = Long.parseUnsignedLong(area.get("start").getAsString(), 16);
        long end = Long.parseUnsignedLong(area.get("end").getAsString(), 16);
        boolean isOfFile = area.get("name").getAsString().startsWith("/usr");
        if (sha256(memory(core, start, end, isOfFile)).equals(area.get("sha256").getAsString())) {
          equal++;
        } else {
          differences.add(area.get("name").getAsString());
        }
      }
      assertThat(rows.get(pid(process)).get("file_size").getAsLong()).isPositive();
      assertThat(rows.get(pid(process)).get("ranges").toString())
          .contains("0x400000-0x401000 file-found 0 of ");
    }
    assertThat(differences).allMatch("[stack]"::equals);
    assertThat(equal).isEqualTo(count);
  }

  /** The bytes of a range of addresses; what was never touched is not in a core. */
  private static byte[] memory(byte[] core, long start, long end, boolean isWhole) {
    byte[] bytes = new byte[(int) (end - start)];
    long there = 0;
    int headers = (int) LittleEndian.i64(core, 32);
    int count = LittleEndian.u16(core, 56);
    for (int i = 0; i < count; i++) {
      int at = headers + i * 56;
      long offset = LittleEndian.i64(core, at + 8);
      long address = LittleEndian.i64(core, at + 16);
      long size = LittleEndian.i64(core, at + 32);
      if (LittleEndian.u32(core, at) == 1 && address < end && address + size > start) {
        long from = Math.max(start, address);
        int length = (int) (Math.min(end, address + size) - from);
        int place = (int) (offset + (from - address));
        System.arraycopy(core, place, bytes, (int) (from - start), length);
        there += length;
      }
    }
    return there == bytes.length || !isWhole ? bytes : new byte[0];
  }

  @Test
  void executablesOfTheImageAreWrittenWhole() throws Exception {
    Path files = directory.resolve("original");
    String shop = CheckpointFixture.archive("shop-1").toString();
    String[] original = {
      "checkpoint",
      "core",
      shop,
      "--original",
      "--disk",
      Cli.node("gke-ckpt"),
      "--to",
      files.toString(),
      "-o",
      "jsonl"
    };
    Cli.Result whole = Cli.run(original);
    Path ran = directory.resolve("ran");
    original[3] = "--executable";
    original[7] = ran.toString();
    Cli.Result carved = Cli.run(original);

    assertThat(whole.exit()).as(whole.err()).isZero();
    assertThat(carved.exit()).as(carved.err()).isZero();
    Map<Integer, String> truth = new HashMap<>();
    for (JsonObject process : processes("shop-1")) {
      truth.put(pid(process), process.get("exe_sha256").getAsString());
    }
    for (JsonObject row : whole.records()) {
      assertThat(row.get("sha256").getAsString()).isEqualTo(truth.get(row.get("pid").getAsInt()));
    }
    assertThat(whole.records())
        .extracting(row -> row.get("pid") + " " + row.get("source").getAsString())
        .containsExactly("1 layers", "7 layers", "8 ghost");
    assertThat(carved.records()).allMatch(row -> row.get("missing_size").getAsLong() == 0);
  }

  @Test
  void whatIsNowhereIsAFindingWhereItIsZeros() throws Exception {
    String shop = CheckpointFixture.archive("shop-1").toString();
    Path alone = directory.resolve("alone.bin");
    Path whole = directory.resolve("whole.bin");

    Cli.Result without = dump(shop, alone);
    Cli.Result with = dump(shop, whole, "--disk", Cli.node("gke-ckpt"));

    assertThat(without.exit()).isEqualTo(3);
    assertThat(without.err()).contains("61440 bytes are nowhere in what was given");
    assertThat(with.exit()).as(with.err()).isZero();
    assertThat(with.records().get(0).get("found_file_pages").getAsInt()).isEqualTo(15);
    assertThat(with.records().get(0).get("dumped_pages").getAsInt()).isEqualTo(1);
    assertThat(sha256(Files.readAllBytes(whole)))
        .isEqualTo("f7a28f3f2f37e4e561f9c105cab5e686f3fa5f576c7dce885b97bada802a5277");
  }

  private static Cli.Result dump(String archive, Path to, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("checkpoint", "memory", archive, "--pid", "1", "--dump", "401000", "--to"));
    words.addAll(List.of(to.toString(), "-o", "jsonl"));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }
}
