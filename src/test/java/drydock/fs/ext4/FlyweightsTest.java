package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteSource;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.disk.OpenDisk;
import drydock.disk.Qcow2Format;
import drydock.finding.FindingLog;
import drydock.fs.FileTimes;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import drydock.ksy.Ext4Dirent;
import drydock.ksy.Ext4ExtentNode;
import drydock.ksy.Ext4Inode;
import drydock.ksy.Ext4XattrEntry;
import drydock.shape.Shape;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The hand-written readers of hot records say what the generated shapes say, on every fixture. */
class FlyweightsTest {
  private static final Origin ORIGIN = Origin.of("test");

  static List<String> images() throws IOException {
    return Images.names();
  }

  @ParameterizedTest
  @MethodSource("images")
  void recordsOfImagesAgreeWithTheirShapes(String image) throws IOException {
    agree(Images.source(image));
  }

  @ParameterizedTest
  @CsvSource({
    "gke-wp/node.qcow2, 1",
    "gke-wp/node-clean.qcow2, 1",
    "gke-wp/pvc.qcow2, 0",
    "gke-small/node.qcow2, 1",
    "gke-ckpt/node.qcow2, 1",
    "k3s/node.qcow2, 2",
    "docker-containerd/node.qcow2, 1",
  })
  void recordsOfNodesAgreeWithTheirShapes(String disk, int partition) throws IOException {
    try (OpenDisk open = new Qcow2Format().open(Images.FIXTURES.resolve(disk), new FindingLog())) {
      agree(NodeDisksTest.partition(open.bytes(), partition));
    }
  }

  private static void agree(ByteSource source) throws IOException {
    FindingLog log = new FindingLog();
    Ext4Tree tree = Ext4Format.openTree(source, OpenOptions.DEFAULT, log);
    int[] nodes = {0};
    new TreeWalk(log)
        .walk(
            TreePath.ROOT,
            tree.root(),
            (path, node, meta) -> {
              Inode inode = tree.inode(meta.inode());
              inodeAgrees(inode, tree.superblock());
              attributesAgree(inode);
              if (inode.has(InodeFlag.EXTENTS)) {
                extentsAgree(inode.blockField());
              }
              if (meta.isDirectory() && !inode.has(InodeFlag.INLINE_DATA)) {
                for (BlockRun run : tree.runs(inode, 50)) {
                  direntsAgree(tree, run.block());
                }
              }
              nodes[0]++;
            });
    assertThat(nodes[0]).isGreaterThan(5);
    assertThat(log.list()).isEmpty();
  }

  private static void inodeAgrees(Inode inode, Superblock superblock) throws IOException {
    Ext4Inode shape = Shape.decode(inode.raw(), ORIGIN, "inode", Ext4Inode::new);
    fieldsAgree(inode, shape);
    timesAgree(inode.times(), shape, inode.extraBytes());
    assertThat(superblock.inodeBytes()).isEqualTo(inode.raw().length);
  }

  /** All but the times. */
  static void fieldsAgree(Inode inode, Ext4Inode shape) {
    assertThat(inode.mode()).isEqualTo(shape.iMode());
    assertThat(inode.uid()).isEqualTo(shape.iUid() | (long) shape.iUidHigh() << 16);
    assertThat(inode.gid()).isEqualTo(shape.iGid() | (long) shape.iGidHigh() << 16);
    assertThat(inode.links()).isEqualTo(shape.iLinksCount());
    assertThat(inode.flags()).isEqualTo((int) shape.iFlags());
    assertThat(inode.generation()).isEqualTo(shape.iGeneration());
    assertThat(inode.blockField()).isEqualTo(shape.iBlock());
    assertThat(inode.deletionField()).isEqualTo(shape.iDtime());
    assertThat(inode.size() & 0xffff_ffffL).isEqualTo(shape.iSizeLo());
    assertThat(inode.size() >>> 32).isIn(0L, shape.iSizeHigh());
    assertThat(inode.attributeBlock() & 0xffff_ffffL).isEqualTo(shape.iFileAclLo());
  }

  private static void timesAgree(FileTimes times, Ext4Inode shape, int extraBytes) {
    Ext4Inode.LargePart large = shape.large();
    if (large != null && extraBytes < 28) {
      return; // odd sizes: compared with the kernel's own listing of such inodes
    }
    if (large == null) {
      assertThat(times.modified()).isEqualTo(Instant.ofEpochSecond(shape.iMtime()));
      assertThat(times.accessed()).isEqualTo(Instant.ofEpochSecond(shape.iAtime()));
      assertThat(times.changed()).isEqualTo(Instant.ofEpochSecond(shape.iCtime()));
      return;
    }
    assertThat(extraBytes).isEqualTo(large.iExtraIsize());
    assertThat(times.modified()).isEqualTo(time(shape.iMtime(), large.iMtimeExtra()));
    assertThat(times.accessed()).isEqualTo(time(shape.iAtime(), large.iAtimeExtra()));
    assertThat(times.changed()).isEqualTo(time(shape.iCtime(), large.iCtimeExtra()));
    assertThat(times.born()).isEqualTo(time(large.iCrtime(), large.iCrtimeExtra()));
  }

  private static Instant time(long seconds, long extra) {
    return Instant.ofEpochSecond(seconds + (extra % 4) * 4294967296L, extra / 4);
  }

  private static void attributesAgree(Inode inode) throws IOException {
    byte[] raw = inode.raw();
    int from = Inode.CLASSIC_BYTES + inode.extraBytes();
    if (from + 4 >= raw.length || LittleEndian.i32(raw, from) != AttributeEntry.MAGIC) {
      return;
    }
    int at = from + 4;
    for (AttributeEntry entry : AttributeEntry.decode(raw, from + 4).entries()) {
      Ext4XattrEntry shape =
          Shape.decode(
              Arrays.copyOfRange(raw, at, raw.length), ORIGIN, "entry", Ext4XattrEntry::new);
      assertThat(entry.name().bytes()).isEqualTo(shape.eName());
      assertThat(entry.index()).isEqualTo(shape.eNameIndex());
      assertThat(entry.valueOffset()).isEqualTo(shape.eValueOffs());
      assertThat(entry.valueSize()).isEqualTo(shape.eValueSize());
      assertThat(entry.valueInode()).isEqualTo(shape.eValueInum());
      at += (16 + shape.eNameLen() + 3) / 4 * 4;
    }
  }

  private static void extentsAgree(byte[] field) throws IOException {
    Ext4ExtentNode shape = Shape.decode(field, ORIGIN, "node", Ext4ExtentNode::new);
    ExtentNode node = ExtentNode.decode(field, 0, field.length, shape.ehDepth(), ORIGIN);
    assertThat(node.entries()).isEqualTo(shape.ehEntries());
    for (int i = 0; i < node.entries(); i++) {
      if (shape.ehDepth() > 0) {
        Ext4ExtentNode.Index index = shape.indexes().get(i);
        assertThat(node.first(i)).isEqualTo(index.eiBlock());
        assertThat(node.child(i)).isEqualTo(index.eiLeafLo() + ((long) index.eiLeafHi() << 32));
      } else {
        Ext4ExtentNode.Extent extent = shape.extents().get(i);
        assertThat(node.first(i)).isEqualTo(extent.eeBlock());
        assertThat(node.length(i)).isEqualTo((extent.eeLen() - 1) % 32768 + 1);
        assertThat(node.isWritten(i)).isEqualTo(extent.eeLen() <= 32768);
        assertThat(node.block(i)).isEqualTo(extent.eeStartLo() + ((long) extent.eeStartHi() << 32));
      }
    }
  }

  private static void direntsAgree(Ext4Tree tree, long block) throws IOException {
    int blockBytes = tree.superblock().blockBytes();
    byte[] raw = tree.block(block);
    boolean hasTypes = tree.superblock().features().has(Feature.FILETYPE);
    DirentBlock entries = new DirentBlock(raw, 0, raw.length, blockBytes, hasTypes);
    while (entries.advance()) {
      byte[] rest = Arrays.copyOfRange(raw, entries.offset(), raw.length);
      Ext4Dirent shape = Shape.decode(rest, ORIGIN, "entry", Ext4Dirent::new);
      assertThat(entries.inode()).isEqualTo(shape.inode());
      assertThat(entries.name().bytes()).isEqualTo(shape.name());
    }
    assertThat(entries.trouble()).isNull();
  }
}
