package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File systems of whose group descriptors no copy is left. */
class LostDescriptorsTest {
  private final FindingLog log = new FindingLog();

  /** Another source in which some runs of blocks are zeros. */
  private record Wiped(ByteSource source, List<long[]> runs) implements ByteSource {
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
      for (long[] run : runs) {
        long from = Math.max(position, run[0]);
        long to = Math.min(position + length, run[1]);
        if (from < to) {
          int at = offset + (int) (from - position);
          Arrays.fill(into, at, at + (int) (to - from), (byte) 0);
        }
      }
    }
  }

  /** A source without any of its file system's descriptors. */
  private static ByteSource withoutDescriptors(ByteSource source) throws IOException {
    Ext4Tree sound = Ext4Format.openTree(source, OpenOptions.DEFAULT, new FindingLog());
    int blockBytes = sound.superblock().blockBytes();
    List<long[]> runs = new ArrayList<>();
    new GroupRecords(sound.volume())
        .each(
            (role, group, first, count) -> {
              if (role == BlockOwner.Role.DESCRIPTORS || role == BlockOwner.Role.DESCRIPTORS_COPY) {
                runs.add(new long[] {first * blockBytes, (first + count) * blockBytes});
              }
            });
    return new Wiped(source, runs);
  }

  private Ext4Tree open(ByteSource source) throws IOException {
    return Ext4Format.openTree(withoutDescriptors(source), OpenOptions.DEFAULT, log);
  }

  private static ByteSource image(byte[] raw) {
    return new ArraySource(raw, Origin.of("image"));
  }

  /** Holds what is read without descriptors against what is read with them. */
  private void assertWhole(byte[] raw, String how) throws IOException {
    FindingLog none = new FindingLog();
    KernelListing sound =
        KernelListing.of(Ext4Format.openTree(image(raw), OpenOptions.DEFAULT, none), none);
    assertThat(KernelListing.of(open(image(raw)), log).differences(sound, Set.of())).isEmpty();
    assertThat(log.list())
        .filteredOn(finding -> finding.origin().toString().contains("ext4 group 0"))
        .extracting(Finding::what)
        .anyMatch(what -> what.contains("no copy is better; ") && what.contains(how));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext2-1k",
        "ext4-128-inodes",
        "ext4-1k",
        "ext4-4k",
        "ext4-64k",
        "ext4-bigalloc",
        "ext4-meta-bg",
        "ext4-no-sums",
        "ext4-sparse-super2",
        "ext4-uninit-bg",
        "revision-0",
      })
  void tablesAreFoundWhereTheFormatPutsThem(String image) throws IOException {
    assertWhole(Images.raw(image), "where the format puts it");
  }

  /** With fewer reserved blocks stated than there are, all places that are computed are wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"ext2-1k", "ext4-1k", "ext4-no-sums"})
  void tablesAreSearchedForWhereTheFormatDoesNotTell(String image) throws IOException {
    Surgery surgery = new Surgery(Surgery.Sound.of(Images.raw(image)));
    surgery.put16(Superblock.OFFSET + 0xce, 7);
    surgery.sumSuperblock();
    assertWhole(surgery.raw, "searched for");
  }

  @ParameterizedTest
  @CsvSource({
    "gke-small/node.qcow2, 1, gke-small/truth/partition1.jsonl.gz",
    "k3s/node.qcow2, 2, k3s/truth/partition2.jsonl.gz",
    "docker-containerd/node.qcow2, 1, docker-containerd/truth/disk.jsonl.gz",
  })
  void nodeIsReadWhole(String disk, int partition, String truth) throws IOException {
    try (OpenDisk open = new Qcow2Format().open(Images.FIXTURES.resolve(disk), log)) {
      Ext4Tree tree = open(NodeDisksTest.partition(open.bytes(), partition));
      KernelListing kernel = KernelListing.read(Images.FIXTURES.resolve(truth));
      assertThat(KernelListing.of(tree, log).differences(kernel, Set.of())).isEmpty();
    }
  }

  /** The tables of a flexible group lie in its first group, so they outlive a cut behind that. */
  @Test
  void groupsOfADiskThatIsCutOffAreThoseWhoseTablesMayBeThere() throws IOException {
    Ext4Tree tree = Ext4Format.openTree(image(Images.raw("ext4-1k")), OpenOptions.DEFAULT, log);
    byte[] cut = Arrays.copyOf(Images.raw("ext4-1k"), 6 << 20);
    Ext4Tree rest = Ext4Format.openTree(image(cut), OpenOptions.DEFAULT, log);
    assertThat(rest.volume().inodes().groups().count())
        .isEqualTo(tree.superblock().groups())
        .isGreaterThan(1);
  }
}
