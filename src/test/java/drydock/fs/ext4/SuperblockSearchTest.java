package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** File systems whose superblock, or more of their start, is lost. */
class SuperblockSearchTest {
  private static final Path FIXTURES = Path.of(System.getProperty("fixtures", "fixtures"));

  private final FindingLog log = new FindingLog();

  /** Another source whose first bytes are zeros. */
  private record Wiped(ByteSource source, int zeros) implements ByteSource {
    @Override
    public long size() {
      return source.size();
    }

    @Override
    public Origin origin() {
      return source.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      source.read(position, into, offset, length);
      if (position < zeros) {
        Arrays.fill(into, offset, offset + (int) Math.min(length, zeros - position), (byte) 0);
      }
    }
  }

  private Ext4Tree open(byte[] raw) throws IOException {
    return Ext4Format.openTree(new ArraySource(raw, Origin.of("image")), OpenOptions.DEFAULT, log);
  }

  @ParameterizedTest
  @CsvSource({
    "ext4-1k, 2048, 1",
    "ext4-uninit-bg, 2048, 1",
    "ext4-meta-bg, 2048, 1",
    "ext4-sparse-super2, 2048, 1",
  })
  void copyIsFoundWhereverTheGroupsBegin(String image, int zeros, int group) throws IOException {
    byte[] raw = Images.raw(image);
    Arrays.fill(raw, 0, zeros, (byte) 0);
    ByteSource source = new ArraySource(raw, Origin.of("image"));
    assertThat(new Ext4Format().recognises(source)).isFalse();
    assertThat(new Ext4Format().recognisesRemains(source)).isTrue();
    Ext4Tree tree = open(raw);
    assertThat(tree.superblock().groupNumber()).isEqualTo(group);
    KernelListing kernel = KernelListing.read(Images.listing(image));
    assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isEmpty();
    assertThat(log.list()).extracting(Finding::what).anyMatch(what -> what.contains("copy"));
  }

  /** The copy does not say that the journal is to be recovered: the journal does. */
  @ParameterizedTest
  @CsvSource({
    "gke-wp/node.qcow2, 1, gke-wp/truth/partition1.jsonl.gz",
    "gke-wp/node-clean.qcow2, 1, gke-wp/truth/partition1-clean.jsonl.gz",
    "gke-small/node.qcow2, 1, gke-small/truth/partition1.jsonl.gz",
    "gke-ckpt/node.qcow2, 1, gke-ckpt/truth/partition1.jsonl.gz",
    "k3s/node.qcow2, 2, k3s/truth/partition2.jsonl.gz",
    "docker-containerd/node.qcow2, 1, docker-containerd/truth/disk.jsonl.gz",
  })
  void nodeWithoutTheStartOfItsPartitionIsReadWhole(String disk, int partition, String truth)
      throws IOException {
    try (OpenDisk open = new Qcow2Format().open(FIXTURES.resolve(disk), log)) {
      ByteSource wiped = new Wiped(NodeDisksTest.partition(open.bytes(), partition), 4096);
      Ext4Tree tree = Ext4Format.openTree(wiped, OpenOptions.DEFAULT, log);
      KernelListing kernel = KernelListing.read(FIXTURES.resolve(truth));
      assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isEmpty();
    }
  }

  @Test
  void copyInsideOfAnotherFileSystemIsNotTaken() throws IOException {
    byte[] inner = Images.raw("ext4-1k");
    byte[] outer = new byte[inner.length + 8192];
    System.arraycopy(inner, 0, outer, 8192, inner.length);
    assertThat(new SuperblockSearch(new ArraySource(outer, Origin.of("image"))).find()).isEmpty();
  }

  @Test
  void superblockThatContradictsItselfAndItsCopyIsReplaced() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    raw[1024 + 0x28] ^= 0x40;
    Ext4Tree tree = open(raw);
    KernelListing kernel = KernelListing.read(Images.listing("ext4-1k"));
    assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isEmpty();
    assertThat(log.list())
        .anyMatch(f -> f.what().contains("inodes per group is not") && f.offset() == 0x28L);
  }

  @Test
  void superblockThatOnlyItsChecksumContradictsIsKept() throws IOException {
    byte[] raw = Images.raw("ext4-1k");
    raw[1024 + 0x34] ^= 1;
    assertThat(open(raw).superblock().groupNumber()).isZero();
    assertThat(log.list()).extracting(Finding::what).anyMatch(what -> what.contains("checksum"));
  }

  @Test
  void withoutACopyTheFirstOnesErrorIsTold() throws IOException {
    byte[] raw = Images.raw("ext2-1k");
    Arrays.fill(raw, 0, 65536, (byte) 0);
    assertThatThrownBy(() -> open(raw))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("superblock");
  }
}
