package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.truth.MactimeBodyFile;
import drydock.truth.PlasoBodyFile;
import drydock.truth.TimedRow;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What plaso and mactime read in the body file of each node is what {@code find} lists there. */
class BodyFileReadersTest {
  @TempDir Path folder;

  private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

  /** plaso's times are floating-point numbers, with so many bits. */
  private static final int BITS = 52;

  @ParameterizedTest
  @CsvSource({
    "gke-small, --quiet",
    "gke-small, --fraction",
    "gke-small, --md5",
    "gke-wp, --fraction --md5",
    "gke-ckpt, --quiet",
    "gke-ckpt, --fraction",
    "gke-ckpt, --md5",
    "k3s, --quiet",
    "k3s, --fraction",
    "k3s, --md5",
    "docker-containerd, --quiet",
    "docker-containerd, --fraction",
    "docker-containerd, --md5",
  })
  void filesOfTheNodeAreThoseThatAreListed(String node, String option) throws IOException {
    byte[] body = bodyFile(node, option.split(" "));
    List<TimedRow> listed = ListedFiles.of(Cli.node(node), "", "/", option.contains("--md5"));
    assertThat(listed).hasSizeGreaterThan(500);
    compare(body, listed, option.contains("--fraction"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s", "docker-containerd"})
  void filesOfContainersAreThoseThatAreListed(String node) throws IOException {
    List<String> words = new ArrayList<>(List.of("--fraction", "--no-volumes"));
    List<TimedRow> listed = new ArrayList<>();
    for (String id : containers(node)) {
      words.add(id);
      listed.addAll(ListedFiles.of(Cli.node(node), id + ":", id + ":/", false));
    }
    compare(bodyFile(node, words.toArray(String[]::new)), listed, true);
  }

  /** Names of any bytes, owners of 32 bits, times from 1901 to 2446, as the kernel told them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext2-1k",
        "ext2-hurd",
        "ext3-2k-tea",
        "ext4-128-inodes",
        "ext4-bigalloc",
        "ext4-inline",
        "ext4-sparse-super2",
      })
  void filesOfImagesAreThoseThatTheKernelTold(String image) throws IOException {
    Path disk = folder.resolve(image + ".raw");
    try (InputStream in = Files.newInputStream(Cli.FIXTURES.resolve("ext4/" + image + ".img.gz"))) {
      Files.write(disk, new GZIPInputStream(in).readAllBytes());
    }
    List<TimedRow> told = ListedFiles.told(Cli.FIXTURES.resolve("ext4/" + image + ".jsonl.gz"));
    Cli.Result result = Cli.run("timeline", disk.toString(), "--fraction", "--no-deleted");
    compare(result.bytes(), told, true);
  }

  private static List<String> containers(String node) {
    return Cli.run("list", "containers", Cli.node(node), "-o", "jsonl").records().stream()
        .map(container -> container.get("id").getAsString())
        .toList();
  }

  private static byte[] bodyFile(String node, String... options) {
    List<String> words = new ArrayList<>(List.of("timeline", Cli.node(node)));
    words.addAll(Arrays.asList(options));
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.bytes();
  }

  private static void compare(byte[] body, List<TimedRow> listed, boolean fraction)
      throws IOException {
    List<TimedRow> mactime = MactimeBodyFile.read(body);
    List<TimedRow> plaso = PlasoBodyFile.read(body).stream().map(PlasoBodyFile.Entry::row).toList();
    assertThat(plaso).hasSameSizeAs(mactime);
    int living = 0;
    for (int i = 0; i < plaso.size(); i++) {
      TimedRow row = mactime.get(i);
      assertThat(plaso.get(i).withTimes(row.times())).isEqualTo(row);
      assertNear(plaso.get(i).times(), row.times());
      if (row.mark().isEmpty()) {
        TimedRow told = listed.get(living);
        assertThat(row).isEqualTo(fraction ? told : told.withTimes(seconds(told.times())));
        living++;
      }
    }
    assertThat(living).isEqualTo(listed.size());
  }

  private static void assertNear(List<BigInteger> found, List<BigInteger> told) {
    for (int i = 0; i < found.size(); i++) {
      assertThat(isNear(found.get(i), told.get(i))).as("%s is %s", found, told).isTrue();
    }
  }

  private static boolean isNear(BigInteger one, BigInteger other) {
    if (one == null) {
      return other == null || other.signum() == 0; // plaso takes 1970-01-01 for no time
    }
    return other != null
        && one.subtract(other).abs().compareTo(other.abs().shiftRight(BITS).add(BigInteger.ONE))
            <= 0;
  }

  /** Rounded down; 0 is no time. */
  private static List<BigInteger> seconds(List<BigInteger> times) {
    List<BigInteger> seconds = new ArrayList<>();
    for (BigInteger time : times) {
      BigInteger whole = time == null ? BigInteger.ZERO : time.subtract(time.mod(SECOND));
      seconds.add(whole.signum() == 0 ? null : whole);
    }
    return seconds;
  }
}
