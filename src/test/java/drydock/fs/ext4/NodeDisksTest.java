package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.OpenOptions;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole partitions of real nodes, compared with the kernel's listing of them: all rows, all fields.
 */
class NodeDisksTest {
  private static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));

  /** The bytes of a partition of a GPT disk; 0 is the whole disk. */
  static ByteSource partition(ByteSource disk, int number) throws IOException {
    if (number == 0) {
      return disk.slice(Origin.of("disk"), 0, disk.size());
    }
    byte[] entry = disk.bytes(1024 + 128L * (number - 1), 128);
    long first = LittleEndian.i64(entry, 32);
    long last = LittleEndian.i64(entry, 40);
    return disk.slice("partition " + number, first * 512, (last - first + 1) * 512);
  }

  @ParameterizedTest
  @CsvSource({
    "gke-wp/node.qcow2, 1, gke-wp/truth/partition1.jsonl.gz",
    "gke-wp/node-clean.qcow2, 1, gke-wp/truth/partition1-clean.jsonl.gz",
    "gke-wp/pvc.qcow2, 0, gke-wp/truth/pvc.jsonl.gz",
    "gke-small/node.qcow2, 1, gke-small/truth/partition1.jsonl.gz",
    "gke-ckpt/node.qcow2, 1, gke-ckpt/truth/partition1.jsonl.gz",
    "k3s/node.qcow2, 2, k3s/truth/partition2.jsonl.gz",
    "docker-containerd/node.qcow2, 1, docker-containerd/truth/disk.jsonl.gz",
  })
  void partitionIsWhatTheKernelShowsAfterRecovery(String disk, int partition, String truth)
      throws IOException {
    FindingLog log = new FindingLog();
    try (OpenDisk open = new Qcow2Format().open(FIXTURES.resolve(disk), log)) {
      FileTree tree =
          new Ext4Format().open(partition(open.bytes(), partition), OpenOptions.DEFAULT, log);
      KernelListing kernel = KernelListing.read(FIXTURES.resolve(truth));
      KernelListing ours = KernelListing.of(tree, log);
      assertThat(ours.differences(kernel, Set.of())).isEmpty();
      assertThat(kernel.size()).isGreaterThan(5);
    }
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gke-wp, 1, partition1.jsonl.gz",
    "gke-small, 1, partition1.jsonl.gz",
    "gke-ckpt, 1, partition1.jsonl.gz",
    "k3s, 2, partition2.jsonl.gz",
  })
  void withoutTheJournalPartitionIsWhatTheKernelShowsWithoutRecovery(
      String node, int partition, String truth) throws IOException {
    FindingLog log = new FindingLog();
    Path folder = FIXTURES.resolve(node);
    KernelListing recovered = KernelListing.read(folder.resolve("truth").resolve(truth));
    KernelListing stale =
        recovered.with(folder.resolve("truth/ext4/journal-only.json"), "without_replay");
    try (OpenDisk open = new Qcow2Format().open(folder.resolve("node.qcow2"), log)) {
      FileTree tree =
          new Ext4Format().open(partition(open.bytes(), partition), new OpenOptions(false), log);
      KernelListing ours = KernelListing.of(tree, log);
      assertThat(ours.differences(stale, Set.of())).isEmpty();
    }
  }
}
