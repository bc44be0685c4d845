package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each node, as a block device and as a directory that the kernel mounted, answers as its qcow2
 * does. Needs root and loop devices.
 */
@Tag("live")
class LiveSameAnswersTest {
  @TempDir Path work;
  private final Deque<String> undo = new ArrayDeque<>();
  private Path mounted;

  @BeforeEach
  void directory() throws Exception {
    mounted = Files.createDirectory(work.resolve("mounted"));
  }

  @AfterEach
  void takeDown() throws Exception {
    while (!undo.isEmpty()) {
      sh(undo.pop());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s", "docker-containerd"})
  void aBlockDevice(String fixture) throws Exception {
    String device = sh("losetup --read-only --find --show " + raw(fixture)).strip();
    undo.push("losetup -d " + device);
    Answers.assertSame(Answers.ofEngines(Cli.node(fixture)), Answers.ofEngines(device));
    Answers.assertSame(Answers.ofFiles(Cli.node(fixture)), Answers.ofFiles(device));
  }

  @ParameterizedTest
  @CsvSource({
    "gke-small, 1, 4456448000, 6280953344",
    "gke-wp, 1, 4456448000, 6280953344",
    "gke-ckpt, 1, 4456448000, 6280953344",
    "k3s, 2, 2097152, 4831838208",
    "docker-containerd, 1, 1048576, 803209216"
  })
  void theMountedPartitionOfTheEngine(String fixture, String number, long offset, long length)
      throws Exception {
    mount(raw(fixture), offset, length, mounted);
    String[] partition = {Cli.node(fixture), "--partition", number};
    Map<String, String> engines = Answers.ofEngines(mounted.toString());
    Answers.assertSame(ofLayers(Answers.ofEngines(Cli.node(fixture))), ofLayers(engines));
    Answers.assertSame(Answers.ofFiles(partition), Answers.ofFiles(mounted.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt"})
  void aRootWithTheStatefulPartitionBoundIntoIt(String fixture) throws Exception {
    Path raw = raw(fixture);
    Path stateful = Files.createDirectory(work.resolve("stateful"));
    mount(raw, 4456448000L, 6280953344L, stateful);
    mount(raw, 2308964352L, 2147483648L, mounted);
    bind(stateful, mounted.resolve("mnt/stateful_partition"));
    bind(stateful.resolve("var"), mounted.resolve("var"));
    bind(stateful.resolve("home"), mounted.resolve("home"));
    Answers.assertSame(
        withoutDeletedNames(Answers.ofEngines(Cli.node(fixture))),
        withoutDeletedNames(Answers.ofEngines(mounted.toString())));
    Answers.assertSame(Answers.ofFiles(Cli.node(fixture)), Answers.ofFiles(mounted.toString()));
  }

  /** One partition is not the node: what containers mounted of the others is not there. */
  private static Map<String, String> ofLayers(Map<String, String> answers) {
    return without("\"mount\":\"", withoutDeletedNames(answers));
  }

  /** A mounted directory does not show them: only who reads the disk can. */
  private static Map<String, String> withoutDeletedNames(Map<String, String> answers) {
    return without("\"deleted\":true", answers);
  }

  private static Map<String, String> without(String text, Map<String, String> answers) {
    Map<String, String> left = new TreeMap<>();
    answers.forEach(
        (question, answer) ->
            left.put(
                question,
                answer
                    .lines()
                    .filter(line -> !line.contains(text))
                    .collect(Collectors.joining("\n"))));
    return left;
  }

  /** Mounted once for writing, so that the journal is applied, then for reading only. */
  private void mount(Path raw, long offset, long length, Path at) throws Exception {
    String loop = ",loop,offset=" + offset + ",sizelimit=" + length + " " + raw + " " + at;
    sh("mount -o noatime" + loop + " && umount " + at);
    sh("mount -o ro,noatime" + loop);
    undo.push("umount " + at);
  }

  private void bind(Path from, Path at) throws Exception {
    sh("mount --bind " + from + " " + at);
    undo.push("umount " + at);
  }

  private Path raw(String fixture) throws Exception {
    Path raw = work.resolve("node.raw");
    try (OpenDisk disk = new Qcow2Format().open(Path.of(Cli.node(fixture)), new FindingLog())) {
      SparseCopy.write(disk.bytes(), raw);
    }
    return raw;
  }

  private static String sh(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(script + "\n" + output).isZero();
    return output;
  }
}
