package drydock.fs.host;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.OpenOptions;
import drydock.fs.ext4.Ext4Format;
import drydock.partition.GptScheme;
import drydock.partition.Partition;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A node's partition that this machine mounted, read as a directory, compared with the same read
 * from the disk's bytes: all rows, all fields. Needs root and loop devices.
 */
@Tag("live")
class LiveHostTest {
  private static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));

  @TempDir Path work;

  @ParameterizedTest
  @CsvSource({"gke-wp/node-clean.qcow2, 1", "gke-small/node.qcow2, 1", "k3s/node.qcow2, 2"})
  void aMountedPartitionIsWhatOurReaderSaysOfItsBytes(String name, int number) throws Exception {
    FindingLog log = new FindingLog();
    Path raw = work.resolve("partition");
    Path mounted = Files.createDirectory(work.resolve("mounted"));
    try (OpenDisk disk = new Qcow2Format().open(FIXTURES.resolve(name), log)) {
      Partition partition =
          new GptScheme()
              .read(disk.bytes(), log).orElseThrow().partitions().stream()
                  .filter(p -> p.number() == number)
                  .findFirst()
                  .orElseThrow();
      copy(partition, raw);
      FileTree bytes = new Ext4Format().open(partition.bytes(), new OpenOptions(false), log);
      sh("mount -o ro,noload,loop " + raw + " " + mounted);
      try (HostTree tree = HostTree.open(mounted, new FindingLog())) {
        FindingLog differs = new FindingLog();
        KernelListing ours = KernelListing.of(bytes, differs);
        KernelListing theirs = KernelListing.of(tree, new FindingLog());
        assertThat(theirs.differences(ours, Set.of())).isEmpty();
        assertThat(theirs.size()).isGreaterThan(300);
      } finally {
        sh("umount " + mounted);
      }
    }
  }

  /** The data of the partition; holes stay holes. */
  private static void copy(Partition partition, Path to) throws IOException {
    try (FileChannel out =
        FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = partition.bytes().size();
      long at = partition.bytes().nextData(0);
      while (at < size) {
        long end = Math.min(size, partition.bytes().nextHole(at));
        int count = (int) Math.min(1 << 20, end - at);
        out.write(java.nio.ByteBuffer.wrap(partition.bytes().bytes(at, count)), at);
        at = partition.bytes().nextData(at + count);
      }
      if (out.size() < size) {
        out.write(java.nio.ByteBuffer.wrap(new byte[1]), size - 1);
      }
    }
  }

  private static void sh(String script) throws Exception {
    Process process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(script + "\n" + output).isZero();
  }
}
