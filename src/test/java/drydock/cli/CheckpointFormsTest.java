package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import drydock.checkpoint.CheckpointFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints that come in more than one piece: Podman's with a pre-dump in another archive, that
 * of {@code ctr}, which a node's content store has in blobs, and one whose pages a server wrote.
 * Numbers of pages are those that {@code crit show pagemap-1.img} gives, texts those of the
 * commands that were typed.
 */
class CheckpointFormsTest {
  private static final String BEFORE = CheckpointFixture.archive("grower-before").toString();
  private static final String LAST = CheckpointFixture.archive("grower").toString();
  private static final String STORE =
      "var/lib/containerd/io.containerd.content.v1.content/blobs/sha256/";
  private static final String INDEX =
      "1192ff1d1340a0e4b706dc3911d5f2fd7e1f144b0de379f4c9a4d7cea5b12bd5";
  private static final String CRIU =
      "807d5aefd28ed640c1cb737f9604433d7ca9064472509b04528563276c7a7bf8";

  @TempDir Path node;

  private static List<JsonObject> rows(int exit, String... words) {
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as(result.err()).isEqualTo(exit);
    return result.records();
  }

  private static long sum(List<JsonObject> rows, int pid, String field) {
    return rows.stream()
        .filter(each -> each.get("pid").getAsInt() == pid)
        .mapToLong(each -> each.get(field).getAsLong())
        .sum();
  }

  private static String text(JsonObject row, String field) {
    return row.get(field).getAsString();
  }

  @Test
  void thePreDumpIsOfTheSameContainer() {
    for (String archive : List.of(BEFORE, LAST)) {
      JsonObject row = rows(0, "checkpoint", "show", archive, "-o", "jsonl").get(0);
      assertThat(text(row, "name")).isEqualTo("mem");
      assertThat(text(row, "id")).startsWith("9331c6d6b152");
      assertThat(row.get("processes").isJsonNull()).isEqualTo(archive.equals(BEFORE));
    }
  }

  @Test
  void thePagesOfAPreDumpAreAllThatIsKnownOfItsMemory() {
    List<JsonObject> areas = rows(3, "checkpoint", "memory", BEFORE, "-o", "jsonl");
    assertThat(sum(areas, 1, "dumped_pages")).isEqualTo(19);
    assertThat(sum(areas, 17, "dumped_pages")).isEqualTo(15);
    assertThat(areas)
        .allMatch(each -> text(each, "kind").equals("unknown"))
        .allMatch(each -> each.get("permissions").isJsonNull());

    List<JsonObject> hits =
        rows(3, "checkpoint", "memory", BEFORE, "--search", "start-secret-1", "-o", "jsonl");
    assertThat(hits).hasSize(1);
    assertThat(text(hits.get(0), "address")).isEqualTo("0x3684a0a2");
  }

  @Test
  void whatAPreDumpDoesNotHaveIsSaid() {
    Cli.Result result = Cli.run("checkpoint", "ps", BEFORE, "-o", "jsonl");
    assertThat(result.records()).isEmpty();
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("memory alone, as pre-dumps").doesNotContain("pstree.img");
  }

  @Test
  void pagesThatDidNotChangeAreTakenFromThePreDumpThatIsGiven() {
    List<JsonObject> areas = rows(0, "checkpoint", "memory", LAST, "--disk", BEFORE, "-o", "jsonl");
    assertThat(sum(areas, 1, "dumped_pages")).isEqualTo(10);
    assertThat(sum(areas, 1, "parent_pages")).isEqualTo(9);
    assertThat(sum(areas, 1, "missing_pages")).isZero();

    JsonObject first = rows(0, "checkpoint", "ps", LAST, "--disk", BEFORE, "-o", "jsonl").get(0);
    assertThat(first.toString())
        .contains("v=start; while true; do i=$((i+1)); v=\\\"$v-secret-$i\\\"");
  }

  @Test
  void withoutItTheyAreMissing() {
    Cli.Result result = Cli.run("checkpoint", "memory", LAST, "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("../pre-checkpoint; --disk takes the archive that has it");
    assertThat(sum(result.records(), 1, "missing_pages")).isEqualTo(9);
    assertThat(sum(result.records(), 1, "parent_pages")).isZero();
  }

  @Test
  void theDumpOfAnotherContainerIsNotTakenForIt() {
    String other = CheckpointFixture.archive("multi-podman").toString();
    Cli.Result result = Cli.run("checkpoint", "memory", LAST, "--disk", other, "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(sum(result.records(), 1, "missing_pages")).isEqualTo(9);
  }

  @Test
  void filesAreShownWhetherOrNotTheEarlierDumpIsGiven() {
    Cli.Result alone = Cli.run("ls", LAST, "/", "-o", "jsonl");
    Cli.Result both = Cli.run("ls", LAST, "/", "--disk", BEFORE, "-o", "jsonl");
    assertThat(both.out()).isEqualTo(alone.out()).contains("/count");
    assertThat(both.exit()).isEqualTo(alone.exit());
  }

  @Test
  void pagesThatAServerWroteAreTakenFromItsDirectory() throws IOException {
    unpack("served");
    String main = node.resolve("main").toString();
    String served = node.resolve("srv").toString();
    String[] question = {"checkpoint", "memory", main, "--disk", served, "-o", "jsonl"};
    List<JsonObject> areas = rows(0, question);
    assertThat(sum(areas, 18323, "dumped_pages")).isEqualTo(18);
    Cli.Result alone = Cli.run("checkpoint", "memory", main, "-o", "jsonl");
    assertThat(alone.exit()).isEqualTo(3);
    assertThat(alone.err()).contains("--disk takes what a page server wrote");
    JsonObject first = rows(0, "checkpoint", "ps", main, "--disk", served, "-o", "jsonl").get(0);
    assertThat(first.toString()).contains("v=page-server-secret-$$-kept; while true");

    String asked = Cli.run(question).out();
    try (Stream<Path> files = Files.list(node.resolve("srv"))) {
      for (Path each : files.toList()) {
        Files.copy(each, node.resolve("main").resolve(each.getFileName()));
      }
    }
    assertThat(Cli.run("checkpoint", "memory", main, "-o", "jsonl").out()).isEqualTo(asked);
  }

  private void unpack(String fixture) throws IOException {
    for (Map.Entry<String, byte[]> each : CheckpointFixture.members(fixture).entrySet()) {
      Path file = node.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
  }

  private String unpackNode() throws IOException {
    unpack("ctr-node");
    return node + ":/" + STORE + INDEX;
  }

  @Test
  void theImageOfCtrIsListedAmongTheCheckpointsOfANode() throws IOException {
    unpackNode();
    List<JsonObject> found = rows(0, "checkpoint", "list", node.toString(), "-o", "jsonl");
    assertThat(found).hasSize(1);
    assertThat(text(found.get(0), "path")).isEqualTo("/" + STORE + INDEX);
    assertThat(text(found.get(0), "id")).isEqualTo("box");
    assertThat(text(found.get(0), "engine")).isEqualTo("containerd");
    assertThat(text(found.get(0), "image")).isEqualTo("localhost/ledger:1");
  }

  @Test
  void itsPartsAreOneCheckpoint() throws IOException {
    String image = unpackNode();
    JsonObject shown = rows(0, "checkpoint", "show", image, "-o", "jsonl").get(0);
    assertThat(shown.get("processes").getAsInt()).isEqualTo(2);
    assertThat(shown.get("memory_size").getAsLong()).isEqualTo(131_072);
    assertThat(shown.get("rootfs_diff_size").getAsLong()).isEqualTo(192);
    assertThat(text(shown, "runtime")).isEqualTo("io.containerd.runc.v2");
    Cli.Result variables = Cli.run("env", image, "-o", "jsonl");
    assertThat(variables.out()).contains("\"LEDGER_KEY\",\"value\":\"ctr\"");
    Cli.Result changed = Cli.run("ls", image, "/", "--no-volumes", "-o", "jsonl");
    assertThat(changed.records().stream().map(each -> text(each, "path")))
        .containsExactly("/count", "/dev", "/made", "/proc", "/run", "/sys");
    assertThat(Cli.run("cat", image, "/count").out()).isEqualTo("tick 8\n");
  }

  @Test
  void aPartThatIsGoneIsMissedAndTheOthersAreShown() throws IOException {
    String image = unpackNode();
    Files.delete(node.resolve(STORE + CRIU));
    Cli.Result processes = Cli.run("checkpoint", "ps", image);
    assertThat(processes.exit()).isNotZero();
    assertThat(processes.err()).contains(CRIU);
    assertThat(Cli.run("cat", image, "/count").out()).isEqualTo("tick 8\n");
  }
}
