package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the memory of checkpoints, as they are typed. */
class MemoryCommandsTest {
  private static final String SHOP = CheckpointFixture.archive("shop-1").toString();

  @TempDir Path directory;

  private static List<JsonObject> rows(String... args) {
    Cli.Result cli = Cli.run(args);
    assertThat(cli.exit()).as(cli.err()).isZero();
    return cli.records();
  }

  @Test
  void hitNamesProcessAddressAreaAndFile() {
    List<JsonObject> hits =
        rows("checkpoint", "memory", SHOP, "--hex", "4d454d46445f34373132", "-o", "jsonl");

    JsonObject memfd =
        hits.stream().filter(h -> h.get("kind").getAsString().equals("memfd")).findFirst().get();
    assertThat(memfd.get("pid").getAsInt()).isEqualTo(8);
    assertThat(memfd.get("address").getAsString()).isEqualTo("0x7f0244a9b025");
    assertThat(memfd.get("area").getAsString()).isEqualTo("0x7f0244a9b000-0x7f0244a9e000");
    assertThat(memfd.get("permissions").getAsString()).isEqualTo("r-xs");
    assertThat(memfd.get("file").getAsString()).isEqualTo("/memfd:stage2");
    assertThat(memfd.get("origin").getAsString()).endsWith("pages-4.img");
    assertThat(memfd.get("offset").getAsInt()).isEqualTo(37);
    JsonObject ghost =
        hits.stream()
            .filter(h -> h.get("kind").getAsString().equals("ghost-file"))
            .findFirst()
            .get();
    assertThat(ghost.get("pid").isJsonNull()).isTrue();
    assertThat(ghost.get("address").isJsonNull()).isTrue();
  }

  @Test
  void sharedMemoryIsToldOnceWithAllWhoMapIt() {
    List<JsonObject> hits =
        rows(
            "checkpoint",
            "memory",
            SHOP,
            "--search",
            "SHARED_4713",
            "--encoding",
            "utf-8",
            "-o",
            "jsonl");

    List<JsonObject> shared =
        hits.stream().filter(h -> h.get("kind").getAsString().equals("memfd")).toList();
    assertThat(shared)
        .extracting(h -> h.get("pid") + " " + h.get("address") + " " + h.get("also_at"))
        .containsExactly(
            "1 \"0x7f20dfee7040\" [\"7:0x7f20dfee7040\"]",
            "1 \"0x7f20dfee7800\" [\"7:0x7f20dfee7800\"]");
  }

  @Test
  void patternsOfAFileAreNamed() throws Exception {
    Path file = directory.resolve("patterns.txt");
    Files.writeString(file, "# secrets\ntoken: regex ghp_[A-Za-z0-9]{30,}\nelf: hex 7f 45 4c 46\n");

    assertThat(rows("checkpoint", "memory", SHOP, "--patterns", file.toString(), "-o", "jsonl"))
        .extracting(hit -> hit.get("pattern").getAsString())
        .contains("token", "elf")
        .doesNotContain("ghp_[A-Za-z0-9]{30,}");
  }

  @Test
  void areaIsDumpedAndNothingIsWrittenOver() throws Exception {
    Path file = directory.resolve("stack.bin");
    String[] args = {
      "checkpoint", "memory", SHOP, "--pid", "1", "--dump", "stack", "--to", file.toString()
    };

    assertThat(Cli.run(args).exit()).isZero();
    assertThat(Files.readAllBytes(file))
        .isEqualTo(CheckpointFixture.truth("shop-1", "proc/1/stack.bin"));
    Cli.Result again = Cli.run(args);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("nothing is written over");
    Path folder = directory.resolve("all");
    String[] all = {
      "checkpoint", "memory", SHOP, "--pid", "8", "--dump", "all", "--to", folder.toString()
    };
    assertThat(Cli.run(all).exit()).isZero();
    assertThat(folder.resolve("7f0244a9b000-7f0244a9e000.bin")).hasSize(12288);
  }

  @Test
  void coresAreWrittenForEachProcess() {
    Path folder = directory.resolve("cores");
    List<JsonObject> rows =
        rows("checkpoint", "core", SHOP, "--to", folder.toString(), "-o", "jsonl");

    assertThat(rows).extracting(r -> r.get("pid").getAsInt()).containsExactly(1, 7, 8);
    assertThat(rows).extracting(r -> r.get("threads").getAsInt()).containsExactly(2, 1, 1);
    assertThat(folder.resolve("core.7")).isNotEmptyFile();
  }

  @Test
  void executablesAreWrittenAsTheyRanOrAsTheirFilesWere() {
    Path folder = directory.resolve("executables");
    String[] ran = {
      "checkpoint", "core", SHOP, "--executable", "--to", folder.toString(), "-o", "jsonl"
    };
    Cli.Result cli = Cli.run(ran);

    assertThat(cli.exit()).isEqualTo(3);
    assertThat(cli.err())
        .contains("74880 of 79512 bytes of the executable of process 1 are nowhere");
    assertThat(cli.records()).extracting(r -> r.get("pid").getAsInt()).containsExactly(1, 7, 8);
    assertThat(cli.records().get(0).get("gaps").toString())
        .isEqualTo("[\"0x0+4096\",\"0x2000+69632\",\"0x13218+1152\"]");
    assertThat(cli.records().get(2).get("changed_size").getAsInt()).isEqualTo(10);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("1-nginx.elf", "7-janitor.elf", "8-kworker_u8_2.elf");
    Path files = directory.resolve("files");
    List<JsonObject> original =
        rows(
            "checkpoint",
            "core",
            SHOP,
            "--pid",
            "8",
            "--original",
            "--to",
            files.toString(),
            "-o",
            "jsonl");
    assertThat(original.get(0).get("sha256").getAsString())
        .isEqualTo("fac8da08c36ea8bc7e3b99fd3bd3ad5cddd8835d2fe422adfbbca4bf776578c2");
    assertThat(files.resolve("8-kworker_u8_2.elf")).hasSize(79547);
    assertThat(Cli.run(ran).err()).contains("nothing is written over");
  }

  @Test
  void whatTheRuntimeAddsIsNoChangeAndATitleIsOne() {
    List<JsonObject> rows = rows("checkpoint", "env", SHOP, "--pid", "1", "-o", "jsonl");

    assertThat(rows)
        .extracting(
            r -> r.get("kind").getAsString() + " " + r.get("changed") + " " + r.get("reason"))
        .startsWith("arguments true \"title\"")
        .endsWith("variable false \"runtime\"")
        .contains("variable false null");
    assertThat(rows.get(0).get("value").getAsString()).isEqualTo("nginx: master process");
    assertThat(rows.get(0).get("spec_value").getAsString())
        .isEqualTo("/usr/local/bin/shop serve 8080");
    String counter = CheckpointFixture.archive("counter-podman").toString();
    assertThat(rows("checkpoint", "env", counter, "-o", "jsonl"))
        .noneMatch(r -> r.get("changed").getAsBoolean());
  }

  @Test
  void environmentIsComparedWithThatOfTheStart() {
    List<JsonObject> rows = rows("checkpoint", "env", SHOP, "-o", "jsonl");

    assertThat(rows)
        .filteredOn(r -> r.get("pid").getAsInt() == 1 && !r.get("name").isJsonNull())
        .filteredOn(r -> r.get("name").getAsString().equals("DB_PASSWORD"))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.get("value").getAsString()).isEqualTo("s3cret-shop");
              assertThat(r.get("source").getAsString()).isEqualTo("both");
              assertThat(r.get("changed").getAsBoolean()).isFalse();
            });
    assertThat(rows)
        .filteredOn(r -> r.get("pid").getAsInt() == 7)
        .anySatisfy(r -> assertThat(r.get("changed").getAsBoolean()).isTrue());
  }

  @Test
  void whatMakesNoSenseIsSaidInOneLine() {
    for (String[] args :
        new String[][] {
          {"--pid", "99"},
          {"--hex", "zz"},
          {"--regex", "a("},
          {"--search", "x", "--encoding", "ebcdic"},
          {"--dump", "stack"},
          {"--search", "x", "--context", "-1"},
        }) {
      List<String> all = new java.util.ArrayList<>(List.of("checkpoint", "memory", SHOP));
      all.addAll(List.of(args));
      Cli.Result cli = Cli.run(all.toArray(String[]::new));
      assertThat(cli.exit()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(cli.err().lines()).as(cli.err()).hasSize(1);
    }
  }

  @Test
  void textsAreListedWithTheirAddresses() {
    assertThat(rows("checkpoint", "strings", SHOP, "--pid", "1", "--min", "20", "-o", "jsonl"))
        .anySatisfy(
            r -> {
              assertThat(r.get("address").getAsString()).isEqualTo("0x7f20dfef7040");
              assertThat(r.get("text").getAsString()).startsWith("AWS_SECRET=wJalr");
            });
  }
}
