package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bitmaps tell, against what the groups count. */
class BitmapsTest {
  static List<String> images() throws IOException {
    return Images.names();
  }

  @ParameterizedTest
  @MethodSource("images")
  void asManyAreFreeAsEachGroupCounts(String image) throws IOException {
    FindingLog log = new FindingLog();
    assertThatCountsFit(Images.tree(image, log));
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gke-wp/node.qcow2, 1",
    "gke-small/node.qcow2, 1",
    "gke-ckpt/node.qcow2, 1",
    "k3s/node.qcow2, 2",
    "docker-containerd/node.qcow2, 1",
  })
  void asManyAreFreeAsEachGroupOfANodeCountsAfterItsJournal(String disk, int partition)
      throws IOException {
    FindingLog log = new FindingLog();
    try (OpenDisk open = new Qcow2Format().open(Images.FIXTURES.resolve(disk), log)) {
      assertThatCountsFit(
          Ext4Format.openTree(
              NodeDisksTest.partition(open.bytes(), partition), OpenOptions.DEFAULT, log));
    }
    assertThat(log.list()).isEmpty();
  }

  private static void assertThatCountsFit(Ext4Tree tree) throws IOException {
    Superblock superblock = tree.superblock();
    Bitmaps bitmaps = tree.volume().bitmaps();
    int perCluster = superblock.clusterBytes() / superblock.blockBytes();
    for (long group = 0; group < superblock.groups(); group++) {
      long firstInode = group * superblock.inodesPerGroup() + 1;
      long inodes = 0;
      for (long i = 0; i < superblock.inodesPerGroup(); i++) {
        inodes += bitmaps.inode(firstInode + i) == Bitmaps.Use.FREE ? 1 : 0;
      }
      long first = superblock.firstBlock(group);
      long end = Math.min(first + superblock.blocksPerGroup(), superblock.blocks());
      long clusters = 0;
      for (long block = first; block < end; block += perCluster) {
        clusters += bitmaps.block(block) == Bitmaps.Use.FREE ? 1 : 0;
      }
      GroupDescriptor descriptor = tree.group(group);
      assertThat(inodes).as("free inodes of group " + group).isEqualTo(descriptor.freeInodes());
      assertThat(clusters).as("free clusters of group " + group).isEqualTo(descriptor.freeBlocks());
    }
  }

  @Test
  void whatFilesHaveIsInUse() throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree = Images.tree("ext4-4k", log);
    Bitmaps bitmaps = tree.volume().bitmaps();
    assertThat(bitmaps.inode(Inodes.ROOT)).isEqualTo(Bitmaps.Use.USED);
    for (BlockRun run : tree.runs(tree.inode(Inodes.ROOT), 10)) {
      assertThat(bitmaps.block(run.block())).isEqualTo(Bitmaps.Use.USED);
    }
    assertThat(bitmaps.inode(0)).isEqualTo(Bitmaps.Use.UNKNOWN);
    assertThat(bitmaps.inode(tree.superblock().inodes() + 1)).isEqualTo(Bitmaps.Use.UNKNOWN);
    assertThat(bitmaps.block(tree.superblock().blocks())).isEqualTo(Bitmaps.Use.UNKNOWN);
  }

  @Test
  void aBitmapThatWasChangedIsAFindingAndBelieved() throws IOException {
    byte[] raw = Images.raw("ext4-4k");
    long at = Images.tree("ext4-4k", new FindingLog()).group(0).inodeBitmap() * 4096;
    raw[(int) at] ^= 1 << (Inodes.ROOT - 1);
    FindingLog log = new FindingLog();
    Bitmaps bitmaps = open(raw, log).volume().bitmaps();
    assertThat(bitmaps.inode(Inodes.ROOT)).isEqualTo(Bitmaps.Use.FREE);
    assertThat(bitmaps.inode(Inodes.ROOT + 1)).isEqualTo(Bitmaps.Use.USED);
    assertThat(log.list())
        .extracting(Finding::what)
        .containsExactly("the bitmap's checksum does not fit");
  }

  @Test
  void whatABitmapBehindTheEndShouldTellIsUnknown() throws IOException {
    Ext4Tree whole = Images.tree("ext4-no-sums", new FindingLog());
    byte[] raw = Images.raw("ext4-no-sums");
    int table = whole.superblock().blockBytes() == 1024 ? 2048 : whole.superblock().blockBytes();
    Arrays.fill(raw, table, table + 8, (byte) 0x7f);
    FindingLog log = new FindingLog();
    Bitmaps bitmaps = open(raw, log).volume().bitmaps();
    assertThat(bitmaps.inode(Inodes.ROOT)).isEqualTo(Bitmaps.Use.UNKNOWN);
    assertThat(bitmaps.block(100)).isEqualTo(Bitmaps.Use.UNKNOWN);
    assertThat(log.list()).hasSize(2);
  }

  private static Ext4Tree open(byte[] raw, FindingLog log) throws IOException {
    return Ext4Format.openTree(
        new ArraySource(raw, Origin.of("changed")), OpenOptions.DEFAULT, log);
  }
}
