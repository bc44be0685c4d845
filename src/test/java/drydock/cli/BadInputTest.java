package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence that is none: one clear line or a finding, and the exit code that was agreed. */
class BadInputTest {
  private static final List<List<String>> COMMANDS =
      List.of(List.of("info"), List.of("list", "containers"), List.of("ls"), List.of("find"));

  @TempDir Path folder;

  @Test
  void fileOfZeros() throws IOException {
    Path file = folder.resolve("zeros.raw");
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(64 << 20);
    }
    assertOneLineEach(file);
  }

  @Test
  void emptyFile() throws IOException {
    assertOneLineEach(Files.createFile(folder.resolve("empty.raw")));
  }

  @Test
  void textFile() throws IOException {
    assertOneLineEach(
        Files.writeString(folder.resolve("notes.txt"), "no disk at all\n".repeat(99)));
  }

  @Test
  void missingFile() {
    Path file = folder.resolve("nothing.raw");
    for (List<String> command : COMMANDS) {
      Cli.Result result = run(command, file);
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).isEqualTo("drydock: no such file: " + file + "\n");
    }
  }

  @Test
  void emptyDirectory() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("root"));
    Cli.Result result = run(List.of("list", "containers"), empty);
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err().lines().filter(line -> line.contains("no container engine")))
        .hasSize(1);
    assertNoTrace(result);
  }

  @Test
  void qcow2ThatIsCutOffWithinItsTables() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(Cli.node("gke-small")));
    for (int length : new int[] {3, 50, 200, 70_000, 200_000}) {
      Path cut = folder.resolve("cut" + length + ".qcow2");
      Files.write(cut, Arrays.copyOf(whole, length));
      for (List<String> command : COMMANDS) {
        Cli.Result result = run(command, cut);
        assertThat(result.exit()).as(command + " of " + length).isIn(1, 3);
        assertThat(result.err()).startsWith("drydock: ");
        assertNoTrace(result);
      }
    }
  }

  @Test
  void qcow2ThatIsCutOffWithinItsDataStillShowsWhatIsThere() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(Cli.node("gke-small")));
    Path cut = folder.resolve("cut.qcow2");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 65_536));
    Cli.Result result = run(List.of("info"), cut);
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out()).contains("STATE");
    assertNoTrace(result);
  }

  @Test
  void ofAContainerThatMayBeAmongWhatIsLostTheLossIsTold() throws IOException {
    byte[] whole = Files.readAllBytes(Path.of(Cli.node("gke-small")));
    Path cut = folder.resolve("cut.qcow2");
    Files.write(cut, Arrays.copyOf(whole, 1_500_000));
    Cli.Result result = Cli.run("inspect", cut.toString(), "shop/web-0/web");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("no container is called 'shop/web-0/web'")
        .contains("the file is cut off");
  }

  @Test
  void whereANameMayBeOfTwoKindsBothListsAreNamed() {
    Cli.Result result = Cli.run("history", Cli.node("gke-small"), "0123456789");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "drydock: no image or container is called '0123456789'; "
                + "'drydock list images' or 'drydock list containers' shows all\n");
  }

  @Test
  void outputNeverGoesOverTheEvidence() throws IOException {
    Path copy = folder.resolve("node.qcow2");
    Files.copy(Path.of(Cli.node("gke-small")), copy);
    Path link = Files.createSymbolicLink(folder.resolve("link"), copy);
    byte[] before = Files.readAllBytes(copy);
    for (String option : List.of("--output-file", "--findings")) {
      for (Path target : List.of(copy, link)) {
        Cli.Result result =
            Cli.run("list", "containers", copy.toString(), option, target.toString());
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("belongs to the evidence");
      }
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(before);
  }

  @Test
  void backingFilesAreEvidenceToo() throws IOException {
    byte[] overlay = new byte[65_536];
    ByteBuffer header = ByteBuffer.wrap(overlay);
    header.putInt(0x514649fb).putInt(2).putLong(72).putInt(8).putInt(16).putLong(1 << 20);
    header.position(36);
    header.putInt(1).putLong(65_536).putLong(65_536).putInt(1);
    header.position(72);
    header.put("base.raw".getBytes(UTF_8));
    Path disk = Files.write(folder.resolve("over.qcow2"), overlay);
    Path base = Files.writeString(folder.resolve("base.raw"), "evidence");
    Cli.Result result =
        Cli.run("list", "containers", disk.toString(), "--output-file", base.toString());
    assertThat(result.exit()).isEqualTo(2);
    assertThat(base).hasContent("evidence");
  }

  @Test
  void namesFromEvidenceCannotSteerTheTerminal() {
    Cli.Result result = Cli.run("ls", folder.toString(), "/\u001b[2Jx");
    assertThat(result.err()).contains("\\x1b[2Jx").doesNotContain("\u001b");
  }

  private static void assertOneLineEach(Path file) {
    for (List<String> command : COMMANDS) {
      Cli.Result result = run(command, file);
      assertThat(result.exit()).as(command.toString()).isIn(1, 3);
      assertThat(result.err()).startsWith("drydock: ").contains(file.getFileName().toString());
      assertNoTrace(result);
    }
  }

  private static void assertNoTrace(Cli.Result result) {
    assertThat(result.err())
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("fault of drydock");
    assertThat(result.err().lines())
        .hasSizeLessThan(13)
        .allMatch(line -> line.startsWith("drydock: "));
    assertThat(new String(result.bytes(), UTF_8)).doesNotContain("Exception");
  }

  @Test
  void whatWasTypedIsEscapedOnce() {
    Cli.Result result = Cli.run("ls", Cli.node("gke-small"), "\u001b[31mx:/");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("'\\x1b[31mx'");
  }

  private static Cli.Result run(List<String> command, Path evidence) {
    List<String> all = new java.util.ArrayList<>(command);
    all.add(evidence.toString());
    return Cli.run(all);
  }

  @Test
  void answersOnEverythingSayThatDockerKnowsOfMore() throws IOException {
    Path node = Path.of(Cli.node("docker-containerd"));
    for (String command :
        List.of(
            "list containers",
            "list images",
            "list snapshots",
            "list volumes",
            "list mounts",
            "env",
            "logs",
            "drift",
            "timeline --containers")) {
      Cli.Result result = run(List.of(command.split(" ")), node);
      assertThat(result.exit()).as(command).isEqualTo(3);
      assertThat(result.err())
          .as(command)
          .contains("Docker's own records are not read", "/var/lib/docker");
    }
    assertThat(Cli.run("list", "leases", Cli.node("docker-containerd")).exit()).isZero();
  }
}
