package drydock.disk;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nodes' disks hold what was acquired, by the SHA-256 that was taken then. */
class NodeDisksTest {
  /** From the README of that node, which has no {@code raw.sha256}. */
  private static final String DOCKER_SHA256 =
      "c879824295a57ac008e137e919f769dcd03e07e31481d9b82783959da5350c74";

  static List<Path> nodes() throws IOException {
    try (Stream<Path> nodes = Files.list(DiskFixtures.ROOT)) {
      return nodes.filter(node -> Files.exists(node.resolve("truth/raw.sha256"))).sorted().toList();
    }
  }

  private static void assertSha256(Path disk, String expected) throws IOException {
    FindingLog log = new FindingLog();
    try (OpenDisk open = new Qcow2Format().open(disk, log)) {
      assertThat(DiskFixtures.sha256(open.bytes())).isEqualTo(expected);
    }
    assertThat(log.list()).isEmpty();
  }

  @Test
  void dockerNodeIsTheDiskThatWasAcquired() throws IOException {
    assertSha256(DiskFixtures.ROOT.resolve("docker-containerd/node.qcow2"), DOCKER_SHA256);
  }

  /** Hashes 4 to 10 GiB each, nearly all zeros. */
  @Tag("live")
  @ParameterizedTest
  @MethodSource("nodes")
  void everyNodeIsTheDiskThatWasAcquired(Path node) throws IOException {
    String expected = Files.readString(node.resolve("truth/raw.sha256")).split(" ")[0];
    assertSha256(node.resolve("node.qcow2"), expected);
  }
}
