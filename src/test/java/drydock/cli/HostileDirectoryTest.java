package drydock.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory as evidence, with traps where drydock looks. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDirectoryTest {
  private static final String ENGINE = "var/lib/containerd";
  private static final String DATABASE = ENGINE + "/io.containerd.metadata.v1.bolt/meta.db";
  private static final String STATES = ENGINE + "/io.containerd.grpc.v1.cri/containers";
  private static final List<String> KINDS =
      List.of("containers", "pods", "images", "snapshots", "content", "namespaces", "leases");

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void makeNode() throws IOException {
    root = folder.resolve("root");
    byte[] database = Cli.run("cat", Cli.node("gke-small"), "/" + DATABASE).bytes();
    Files.write(made(DATABASE), database);
  }

  /** A path whose directories are there. */
  private Path made(String below) throws IOException {
    Path path = root.resolve(below);
    Files.createDirectories(path.getParent());
    return path;
  }

  private Cli.Result run(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.add(words[0].equals("list") ? 2 : 1, root.toString());
    Cli.Result result = Cli.run(all);
    assertThat(result.exit()).as(all.toString()).isBetween(0, 3);
    assertThat(result.err()).doesNotContain("Exception").doesNotContain("fault of drydock");
    assertThat(result.err().lines()).allMatch(line -> line.startsWith("drydock: "));
    return result;
  }

  private void runAll() {
    KINDS.forEach(kind -> run("list", kind));
    run("info");
    run("env");
    run("ls", "/", "-R");
    run("find", "/", "-o", "jsonl");
  }

  private static void pipe(Path path) throws IOException, InterruptedException {
    Files.deleteIfExists(path);
    Process process = new ProcessBuilder("mkfifo", path.toString()).start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void pipesInPlaceOfFilesAreNotWaitedFor() throws IOException, InterruptedException {
    String id = "da18ca8a8a074b579c5c180ef4803ce4382a410d2f2627cbae3c51f0bedcb54a";
    for (String each :
        List.of(
            STATES + "/" + id + "/status",
            "etc/containerd/config.toml",
            "etc/os-release",
            "etc/hostname",
            "etc/passwd",
            ENGINE + "/io.containerd.snapshotter.v1.overlayfs/metadata.db")) {
      pipe(made(each));
    }
    runAll();
    assertThat(run("list", "containers").out()).contains("web-0");
    pipe(root.resolve(DATABASE));
    runAll();
    assertThat(run("list", "containers").exit()).isEqualTo(3);
    assertThat(run("cat", "/" + DATABASE).exit()).isEqualTo(1);
  }

  @Test
  void linksThatLeadOutOfTheEvidenceLeadNowhere() throws IOException {
    String secret = "what only the examiner's machine has";
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), secret);
    String up = "../".repeat(40) + outside.toString().substring(1);
    Files.createSymbolicLink(made("etc/hostname"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("etc/os-release"), Path.of(up, "secret"));
    Files.createSymbolicLink(made("etc/containerd/config.toml"), Path.of(up, "secret"));
    Files.createSymbolicLink(made(STATES), Path.of(up));
    Files.createSymbolicLink(
        made(ENGINE + "/io.containerd.snapshotter.v1.overlayfs/snapshots"), Path.of(up));
    runAll();
    for (String path : List.of("/etc/hostname", "/etc/os-release", "/" + STATES + "/secret")) {
      Cli.Result result = run("cat", path);
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
    }
    assertThat(run("info").out()).doesNotContain(secret);
    assertThat(run("ls", "/" + STATES).out()).doesNotContain("secret");
  }

  @Test
  void linksThatLeadInCirclesEnd() throws IOException {
    Files.delete(root.resolve(DATABASE));
    Files.createSymbolicLink(root.resolve(DATABASE), Path.of("meta.db"));
    Files.createSymbolicLink(made(STATES), Path.of("../io.containerd.grpc.v1.cri/containers"));
    Files.createSymbolicLink(root.resolve("self"), Path.of("."));
    runAll();
    assertThat(run("list", "containers").exit()).isEqualTo(3);
    assertThat(run("cat", "/" + DATABASE).err()).contains("too many symbolic links");
  }

  @Test
  void namesCannotSteerTheTerminal() throws IOException {
    String steer = "a\u001b[2J\nb\u202ec\u0085d";
    Files.writeString(made("etc/" + steer), "x");
    Files.createSymbolicLink(made("etc/link"), Path.of(steer));
    Files.writeString(made("etc/hostname"), "host\u001b[2J\u202e\n");
    Files.writeString(made(STATES + "/" + steer + "/status"), "{bad\u001b[2J\u202e");
    Files.writeString(made("etc/containerd/config.toml"), "root = \"\\u001b[2J\u202e\"\nx\u001b=");
    for (Cli.Result result :
        List.of(
            run("info"),
            run("list", "containers", "--wide"),
            run("ls", "/etc"),
            run("find", "/", "-o", "table"),
            run("stat", "/etc/" + steer),
            run("cat", "/etc/" + steer + steer))) {
      String all = result.out() + result.err();
      assertThat(all.replace("\n", "")).doesNotContainPattern("\\p{Cc}");
      assertThat(all).doesNotContain("\u202e").contains("\\x1b");
    }
  }

  @Test
  void namesThatAreNoTextAreShownByTheirBytes() throws IOException, InterruptedException {
    made("etc/x");
    String script = "cd \"$1\" && : > \"$(printf 'bad\\377\\376name')\"";
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", root.resolve("etc").toString()).start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Cli.Result result = run("ls", "/etc");
    assertThat(new String(result.bytes(), ISO_8859_1)).contains("bad\\xff\\xfename");
    assertThat(run("ls", "/etc", "-o", "jsonl").out())
        .contains("\"path_hex\":\"2f6574632f626164fffe6e616d65\"");
  }

  @Test
  void documentsWithoutEndAreFindings() throws IOException {
    String nested = "{\"Version\":\"v1\",\"Metadata\":" + "[".repeat(1_000_000);
    Path status =
        made(STATES + "/da18ca8a8a074b579c5c180ef4803ce4382a410d2f2627cbae3c51f0bedcb54a/status");
    Files.writeString(status, nested + "]".repeat(1_000_000) + "}");
    Files.writeString(made("etc/containerd/config.toml"), "a = " + "[".repeat(500_000), UTF_8);
    runAll();
    Cli.Result result = run("list", "containers");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.out().lines()).hasSize(5);
    assertThat(result.err().lines()).allMatch(line -> line.length() < 600);
  }

  @Test
  void filesLargerThanAnyMemoryAreNotReadWhole() throws IOException {
    for (String each :
        List.of(
            "etc/os-release",
            "etc/hostname",
            "etc/fstab",
            "etc/passwd",
            "etc/containerd/config.toml",
            STATES + "/da18ca8a8a074b579c5c180ef4803ce4382a410d2f2627cbae3c51f0bedcb54a/status",
            DATABASE)) {
      try (RandomAccessFile file = new RandomAccessFile(made(each).toFile(), "rw")) {
        file.setLength(8L << 40);
      }
    }
    runAll();
    assertThat(run("list", "containers").out().lines()).hasSize(5);
    Cli.Result info = run("info");
    assertThat(info.exit()).isEqualTo(3);
    assertThat(info.bytes()).hasSizeLessThan(5000);
    assertThat(info.err()).contains("too long for what it should tell");
  }
}
