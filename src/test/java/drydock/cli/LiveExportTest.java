package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.finding.FindingLog;
import drydock.fs.host.HostTree;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers taken out are, unpacked by GNU tar as root, what the kernel showed of them: every
 * path, every field that a directory can be given. Needs root, GNU tar and zstd.
 */
@Tag("live")
class LiveExportTest {
  /** No system call sets them, or reading and unpacking does. */
  private static final Set<String> NOT_TO_BE_SET =
      Set.of("ino", "nlink", "atime", "ctime", "btime");

  private static final String UNPACK =
      " --xattrs '--xattrs-include=*' --acls --same-owner --numeric-owner"
          + " --warning=no-unknown-keyword --warning=no-timestamp";

  @TempDir Path work;

  private Path made;

  @AfterEach
  void remove() throws Exception {
    sh("rm -rf " + work + "/*");
  }

  @ParameterizedTest
  @CsvSource({"gke-wp, 30", "gke-small, 4", "gke-ckpt, 5", "k3s, 17"})
  void everyContainersArchiveUnpacksToWhatTheKernelMerged(String node, int containers)
      throws Exception {
    int compared = 0;
    try (Stream<Path> files = Files.list(Cli.FIXTURES.resolve(node + "/truth/rootfs"))) {
      for (Path truth : files.sorted().toList()) {
        String name = truth.getFileName().toString().replace(".jsonl.gz", "");
        int dash = name.indexOf('-');
        compare(node, name.substring(0, dash) + ":" + name.substring(dash + 1), truth, "x.tar");
        compared++;
      }
    }
    assertThat(compared).isEqualTo(containers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.tar", "x.tar.gz", "x.tar.zst", "x"})
  void dockersContainersAreWhatTheKernelMergedInEveryFormat(String target) throws Exception {
    Path truths = Cli.FIXTURES.resolve("docker-containerd/truth");
    String text = Files.readString(truths.resolve("counts.json"));
    JsonObject counts = JsonParser.parseString(text).getAsJsonObject();
    String known = Cli.run("list", "containers", Cli.node("docker-containerd"), "--wide").out();
    int compared = 0;
    for (String name : counts.keySet()) {
      Path truth = truths.resolve("containers/" + name + "/merged.jsonl.gz");
      if (!Files.exists(truth)) {
        continue;
      }
      String id = counts.getAsJsonObject(name).get("id").getAsString();
      // one was removed before the disk was copied
      if (known.contains(id)) {
        compare("docker-containerd", id, truth, target);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-ckpt"})
  void everyContainersDirectoryIsWhatTheKernelMerged(String node) throws Exception {
    try (Stream<Path> files = Files.list(Cli.FIXTURES.resolve(node + "/truth/rootfs"))) {
      for (Path truth : files.sorted().toList()) {
        String name = truth.getFileName().toString().replace(".jsonl.gz", "");
        compare(node, name.substring(name.indexOf('-') + 1), truth, "x");
      }
    }
  }

  private void compare(String node, String container, Path truth, String target) throws Exception {
    sh("rm -rf " + work + "/*");
    String to = work.resolve(target).toString();
    Cli.Result result = Cli.run("export", Cli.node(node), container, "--no-volumes", "--to", to);
    assertThat(result.exit()).as(result.err()).isZero();
    made = work.resolve(target);
    if (target.contains(".")) {
      made = Files.createDirectory(work.resolve("unpacked"));
      assertThat(sh("tar -C " + made + " -xpf " + to + UNPACK)).isEmpty();
    }
    KernelListing kernel = KernelListing.read(truth);
    try (HostTree tree = HostTree.open(made, new FindingLog())) {
      List<String> differences =
          KernelListing.of(tree, new FindingLog()).differences(kernel, NOT_TO_BE_SET).stream()
              .filter(line -> !isDirectorysSize(kernel, line) && !isSocketInTar(kernel, line))
              .toList();
      assertThat(differences).as(node + " " + container).isEmpty();
    }
  }

  private static boolean isDirectorysSize(KernelListing kernel, String line) {
    int at = line.indexOf(": size is ");
    return at > 0 && "d".equals(kernel.row(line.substring(0, at)).get("type"));
  }

  private boolean isSocketInTar(KernelListing kernel, String line) {
    int at = line.indexOf(": only there");
    return at > 0
        && made.endsWith("unpacked")
        && "s".equals(kernel.row(line.substring(0, at)).get("type"));
  }

  private static String sh(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(script + "\n" + output).isZero();
    return output;
  }
}
