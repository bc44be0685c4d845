package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was deleted on the nodes, against what was known of it while they ran. */
class RecoverTest {
  private static final long HELD = 135142;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "gke-wp, 1, 135142, 321",
    "gke-small, 1, 7253, 47",
    "gke-ckpt, 1, 7232 7235 7238 7264, 83",
    "k3s, 2, 28002 28008, 0",
    "docker-containerd, 1, 1328, 23",
  })
  void openFilesAreOrphansAndTheOthersDeleted(
      String node, int partition, String orphans, long deleted) {
    List<JsonObject> rows =
        Cli.run("recover", Cli.node(node), "--partition", "" + partition, "-o", "jsonl").records();
    rows = rows.stream().filter(row -> text(row, "source").equals("inode")).toList();
    assertThat(rows.stream().filter(row -> text(row, "state").equals("orphan")))
        .extracting(row -> text(row, "inode"))
        .containsExactly(orphans.split(" "));
    assertThat(rows.stream().filter(row -> text(row, "state").equals("deleted")))
        .hasSize((int) deleted);
    assertThat(rows).isSortedAccordingTo((a, b) -> Long.compare(inode(a), inode(b)));
  }

  @Test
  void contentOfAnOpenFileIsWhatTheProcessHeld() throws IOException {
    Cli.Result held = Cli.run("recover", Cli.node("gke-wp"), "--inode", "" + HELD, "--to", "-");
    assertThat(held.exit()).isZero();
    assertThat(held.out()).isEqualTo("this file was deleted while its process keeps it open\n");
    Path file = folder.resolve("held");
    assertThat(
            Cli.run("recover", Cli.node("gke-wp"), "--inode", "" + HELD, "--to", file.toString())
                .exit())
        .isZero();
    assertThat(Files.readString(file, UTF_8)).isEqualTo(held.out());
  }

  /** An open file has all its content, be it nothing but holes; what is a hole stays one. */
  @Test
  void openFilesOfHolesAreWrittenWithTheirHoles() throws IOException {
    Path image = folder.resolve("holes.img");
    Path packed = Cli.FIXTURES.resolve("ext4-deleted/held-holes.img.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(in, image);
    }
    Path zeros = folder.resolve("zeros");
    Cli.Result one =
        Cli.run("recover", image.toString(), "--inode", "12", "--to", zeros.toString());
    assertThat(one.exit()).isZero();
    assertThat(Files.readAllBytes(zeros)).isEqualTo(new byte[200_001]);

    Path all = folder.resolve("all");
    Cli.Result both =
        Cli.run("recover", image.toString(), "--all", "--to", all.toString(), "-o", "jsonl");
    assertThat(both.exit()).isEqualTo(3);
    assertThat(both.err()).contains("inode-13: not hashed");
    assertThat(both.records())
        .extracting(row -> text(row, "file"), row -> row.get("sha256").isJsonNull())
        .containsExactly(tuple("inode-12", false), tuple("inode-13", true));
    assertThat(Files.readAllBytes(all.resolve("inode-12"))).isEqualTo(new byte[200_001]);
    Path byteInHoles = all.resolve("inode-13");
    assertThat(Files.size(byteInHoles)).isEqualTo(1L << 40);
    try (FileChannel channel = FileChannel.open(byteInHoles)) {
      ByteBuffer around = ByteBuffer.allocate(3);
      channel.read(around, (1L << 39) - 1);
      assertThat(around.array()).isEqualTo(new byte[] {0, 'x', 0});
    }
  }

  @ParameterizedTest
  @CsvSource({
    "28006, 416, 2818699ecaf8649485dc8c88c33c46e6564aaeb25ce49425c25a7a165fc47a4b",
    "28007, 416, 379117557fd7b93f190f141f7f6cc4ecd21b4bc6f51b349e4d05307f000beabe",
  })
  void theJournalStillKnowsWhereADeletedFilesContentLies(
      String inode, int transaction, String sha256) throws IOException {
    Cli.Result found =
        Cli.run(
            "recover",
            Cli.node("k3s"),
            "--partition",
            "2",
            "--inode",
            inode,
            "--source",
            "journal transaction " + transaction,
            "--to",
            "-");
    assertThat(found.exit()).isZero();
    assertThat(Hashes.of(new ArraySource(found.bytes(), Origin.of("found")), HashAlgorithm.SHA256))
        .isEqualTo(sha256);
  }

  @Test
  void olderCopiesOfDirectoriesTellWhereAFileWas() {
    List<JsonObject> rows = rows(Cli.node("k3s"), "--partition", "2", "--type", "file");
    assertThat(guess(rows, 28006, "journal transaction 416")).isEqualTo("/var/tmp/stage1.sh");
    assertThat(guess(rows, 28007, "journal transaction 416")).isEqualTo("/var/tmp/loot.bin");
    assertThat(guess(rows, 28008, "inode")).isEqualTo("/var/tmp/held-on-host");
  }

  private static String guess(List<JsonObject> rows, long inode, String source) {
    return rows.stream()
        .filter(row -> inode(row) == inode && text(row, "source").equals(source))
        .map(row -> text(row, "path_guess"))
        .findFirst()
        .orElse("");
  }

  @Test
  void ofBlocksThatAreInUseAgainTheReaderIsWarned() {
    Cli.Result found =
        Cli.run(
            "recover",
            Cli.node("gke-wp"),
            "--inode",
            "135582",
            "--source",
            "journal transaction 859",
            "--to",
            "-");
    assertThat(found.exit()).isZero();
    assertThat(found.bytes()).hasSize(20_000);
    assertThat(found.err()).contains("5 of its 5 blocks are in use again");
  }

  @Test
  void withoutTheJournalNothingComesFromIt() {
    assertThat(rows(Cli.node("k3s"), "--no-journal"))
        .isNotEmpty()
        .allMatch(row -> text(row, "source").equals("inode"));
  }

  @Test
  void nothingThatIsThereIsWrittenOver() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    assertThat(
            Cli.run("recover", Cli.node("gke-wp"), "--inode", "" + HELD, "--to", file.toString())
                .exit())
        .isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo("mine");
    Files.writeString(folder.resolve("manifest.jsonl"), "mine");
    Cli.Result again = Cli.run("recover", Cli.node("gke-wp"), "--all", "--to", folder.toString());
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("nothing is written over");
    assertThat(Files.readString(folder.resolve("manifest.jsonl"))).isEqualTo("mine");
  }

  @Test
  void allFilesWithContentAreWrittenWithAManifest() throws IOException {
    Path to = folder.resolve("out");
    Cli.Result all =
        Cli.run(
            "recover",
            Cli.node("docker-containerd"),
            "--all",
            "--to",
            to.toString(),
            "--source",
            "inode",
            "-o",
            "jsonl");
    assertThat(all.exit()).isZero();
    assertThat(Files.readString(to.resolve("manifest.jsonl"))).isEqualTo(all.out());
    JsonObject row = all.records().get(0);
    assertThat(text(row, "file")).isEqualTo("inode-1328");
    assertThat(text(row, "sha256")).isEqualTo(ghost());
    byte[] bytes = Files.readAllBytes(to.resolve("inode-1328"));
    assertThat(Hashes.of(new ArraySource(bytes, Origin.of("file")), HashAlgorithm.SHA256))
        .isEqualTo(ghost());
    assertThat(all.records()).hasSize(1);
  }

  /** The hash that was taken through the process that held the file open. */
  private static String ghost() throws IOException {
    Path truth = Cli.FIXTURES.resolve("docker-containerd/truth/deleted-open-files.json");
    JsonObject known =
        JsonParser.parseString(Files.readString(truth)).getAsJsonArray().get(0).getAsJsonObject();
    assertThat(known.get("ino").getAsLong()).isEqualTo(1328);
    return known.get("sha256").getAsString();
  }

  @Test
  void testsChooseByTimeTypeAndSize() {
    String node = Cli.node("gke-wp");
    List<JsonObject> then =
        rows(node, "--since", "2026-11-22T00:39:52Z", "--until", "2026-11-22T00:39:53Z");
    assertThat(then)
        .filteredOn(row -> text(row, "source").equals("inode"))
        .hasSize(303)
        .allMatch(row -> text(row, "deleted").equals("2026-11-22T00:39:52Z"));
    Set<Long> inodes = then.stream().map(RecoverTest::inode).collect(Collectors.toSet());
    assertThat(then)
        .filteredOn(row -> text(row, "state").equals("deleted"))
        .hasSizeGreaterThan(303)
        .allMatch(row -> inodes.contains(inode(row)));
    assertThat(then)
        .filteredOn(row -> text(row, "state").equals("replaced"))
        .allMatch(row -> text(row, "changed").startsWith("2026-11-22T00:39:52"));
    assertThat(rows(node, "--since", "2030-01-01")).isEmpty();
    assertThat(rows(node, "--type", "d"))
        .isNotEmpty()
        .allMatch(row -> text(row, "type").equals("directory"));
    assertThat(rows(node, "--min-size", "54", "--source", "inode"))
        .extracting(RecoverTest::inode)
        .containsExactly(HELD);
    assertThat(rows(node, "--content", "--source", "inode"))
        .extracting(RecoverTest::inode)
        .containsExactly(HELD);
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    String node = Cli.node("gke-wp");
    assertThat(Cli.run("recover", node, "--all").err()).contains("name a directory");
    assertThat(Cli.run("recover", node, "--to", "-").err()).contains("--inode N");
    assertThat(Cli.run("recover", node, "--inode", "5", "--to", "-").exit()).isEqualTo(2);
    assertThat(Cli.run("recover", node, "--partition", "99").err()).contains("partition 99");
    assertThat(Cli.run("recover", folder.toString()).err()).contains("name a disk");
    assertThat(Cli.run("recover", node, "--since", "soon").exit()).isEqualTo(2);
    Cli.Result self = Cli.run("recover", node, "--inode", "" + HELD, "--to", node);
    assertThat(self.exit()).isEqualTo(2);
    assertThat(self.err()).contains("belongs to the evidence");
  }

  private static List<JsonObject> rows(String node, String... options) {
    List<String> words = new ArrayList<>(List.of("recover", node, "-o", "jsonl"));
    words.addAll(List.of(options));
    return Cli.run(words).records();
  }

  private static String text(JsonObject row, String name) {
    return row.get(name).isJsonNull() ? "" : row.get(name).getAsString();
  }

  private static long inode(JsonObject row) {
    return row.get("inode").getAsLong();
  }
}
