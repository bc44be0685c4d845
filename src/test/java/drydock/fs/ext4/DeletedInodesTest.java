package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.DeletedFile;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.OpenOptions;
import drydock.fs.TreePath;
import drydock.fs.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Images whose files are deleted byte by byte, as the several drivers do it. */
class DeletedInodesTest {
  private static final int DELETED_AT = 1_795_316_700;

  /** An image that is changed. */
  private static final class Edited {
    final byte[] raw;
    final Ext4Tree before;
    final FindingLog log = new FindingLog();

    Edited(String image) throws IOException {
      raw = Images.raw(image);
      before = Images.tree(image, new FindingLog());
    }

    int slot(long inode) throws IOException {
      long perGroup = before.superblock().inodesPerGroup();
      long table = before.group((inode - 1) / perGroup).inodeTable();
      long at = (inode - 1) % perGroup * before.superblock().inodeBytes();
      return (int) (table * before.superblock().blockBytes() + at);
    }

    void set32(int at, long value) {
      Checksums.putInt(raw, at, (int) value);
    }

    /** Takes the links away and writes the field of the deletion time. */
    void unlink(long inode, long deletionField) throws IOException {
      int at = slot(inode);
      raw[at + 0x1a] = 0;
      raw[at + 0x1b] = 0;
      set32(at + 0x14, deletionField);
    }

    void free(long inode) throws IOException {
      long perGroup = before.superblock().inodesPerGroup();
      long map = before.group((inode - 1) / perGroup).inodeBitmap();
      clear(map, (inode - 1) % perGroup);
    }

    void freeBlock(long block) throws IOException {
      Superblock superblock = before.superblock();
      long group = (block - superblock.firstDataBlock()) / superblock.blocksPerGroup();
      clear(before.group(group).blockBitmap(), block - superblock.firstBlock(group));
    }

    private void clear(long bitmap, long bit) {
      int at = (int) (bitmap * before.superblock().blockBytes() + bit / 8);
      raw[at] &= (byte) ~(1 << bit % 8);
    }

    void lastOrphan(long inode) {
      set32(Superblock.OFFSET + 0xe8, inode);
    }

    Ext4Tree tree() throws IOException {
      return Ext4Format.openTree(
          new ArraySource(raw, Origin.of("edited")), OpenOptions.DEFAULT, log);
    }

    List<DeletedFile> deleted() throws IOException {
      List<DeletedFile> found = new ArrayList<>();
      tree().deletedFiles(found::add);
      return found;
    }

    /** The same after a walk, which need not be read again. */
    List<DeletedFile> deletedAfterWalk() throws IOException {
      List<DeletedFile> found = new ArrayList<>();
      Ext4Tree tree = tree();
      new TreeWalk(log).walk(TreePath.ROOT, tree.root(), (path, node, meta) -> {});
      tree.deletedFiles(found::add);
      return found;
    }

    List<String> findings() {
      return log.list().stream().map(Finding::what).toList();
    }
  }

  /** The largest file: some blocks. */
  private static long file(Ext4Tree tree) throws IOException {
    long found = 0;
    long size = 0;
    for (long inode = tree.superblock().firstInode(); inode < 200; inode++) {
      Inode read = tree.inode(inode);
      boolean isPlain = read.mode() >> 12 == 8 && read.links() > 0;
      if (isPlain && read.size() > size && read.size() < 100_000) {
        found = inode;
        size = read.size();
      }
    }
    return found;
  }

  @Test
  void nothingIsDeletedWhereNothingWas() throws IOException {
    for (String image : List.of("ext2-1k", "ext3-2k-tea", "ext4-64k", "revision-0")) {
      Edited edited = new Edited(image);
      assertThat(edited.deleted()).as(image).allMatch(file -> file.source() != null);
      assertThat(edited.findings()).isEmpty();
    }
  }

  @Test
  void aNamedFileThatItsBitmapFreesIsFoundAfterAWalkToo() throws IOException {
    Edited edited = new Edited("ext2-1k");
    long inode = file(edited.before);
    edited.free(inode);
    assertThat(edited.deleted())
        .singleElement()
        .satisfies(file -> assertThat(file.state()).isEqualTo(DeletedFile.State.FREED));
    assertThat(edited.deletedAfterWalk())
        .singleElement()
        .satisfies(file -> assertThat(file.node().meta().inode()).isEqualTo(inode));
  }

  @Test
  void aDeletedFileWhosePointersAreLeftIsReadWhole() throws IOException {
    Edited edited = new Edited("ext2-1k");
    long inode = file(edited.before);
    String hash = Hashes.of(edited.before.node(inode).content(), HashAlgorithm.SHA256);
    long blocks = 0;
    for (BlockRun run : edited.before.runs(edited.before.inode(inode), 1000)) {
      for (long i = 0; i < run.end() - run.start(); i++) {
        edited.freeBlock(run.block() + i);
        blocks++;
      }
    }
    edited.unlink(inode, DELETED_AT);
    edited.free(inode);
    DeletedFile found = only(edited.deleted());
    assertThat(found.state()).isEqualTo(DeletedFile.State.DELETED);
    assertThat(found.node().meta().inode()).isEqualTo(inode);
    assertThat(found.node().meta().times().deleted()).isNotNull();
    assertThat(found.blocks()).isEqualTo(blocks).isPositive();
    assertThat(found.reusedBlocks()).isZero();
    assertThat(Hashes.of(found.node().content(), HashAlgorithm.SHA256)).isEqualTo(hash);
  }

  @Test
  void blocksThatAreInUseAreCounted() throws IOException {
    Edited edited = new Edited("ext2-1k");
    long inode = file(edited.before);
    edited.unlink(inode, DELETED_AT);
    edited.free(inode);
    DeletedFile found = only(edited.deleted());
    assertThat(found.reusedBlocks()).isEqualTo(found.blocks()).isPositive();
  }

  @Test
  void aFreeInodeWithoutATimeIsFreed() throws IOException {
    Edited edited = new Edited("ext2-1k");
    long inode = file(edited.before);
    edited.free(inode);
    assertThat(only(edited.deleted()).state()).isEqualTo(DeletedFile.State.FREED);
  }

  @Test
  void anInodeInUseWithoutLinksWasStillOpen() throws IOException {
    Edited edited = new Edited("ext2-1k");
    edited.unlink(file(edited.before), 0);
    DeletedFile found = only(edited.deleted());
    assertThat(found.state()).isEqualTo(DeletedFile.State.ORPHAN);
    assertThat(found.reusedBlocks()).isZero();
  }

  @Test
  void theOrphanListIsFollowedFromInodeToInode() throws IOException {
    Edited edited = new Edited("ext4-no-sums");
    edited.lastOrphan(52);
    edited.unlink(52, 57);
    edited.unlink(57, 0);
    assertThat(edited.deleted().stream().filter(each -> each.source() == null))
        .extracting(each -> each.node().meta().inode() + " " + each.state())
        .containsExactly("52 ORPHAN", "57 ORPHAN");
    assertThat(edited.deleted().get(0).node().meta().times().deleted()).isNull();
    assertThat(edited.findings()).isEmpty();
  }

  @Test
  void anOrphanListThatGoesInACircleEnds() throws IOException {
    Edited edited = new Edited("ext4-no-sums");
    edited.lastOrphan(52);
    edited.unlink(52, 57);
    edited.unlink(57, 52);
    assertThat(edited.deleted().stream().filter(each -> each.source() == null)).hasSize(2);
    assertThat(edited.findings())
        .containsExactly("the orphan list goes in a circle, or is too long");
  }

  @Test
  void anOrphanThatCannotBeIsToldAndEndsTheList() throws IOException {
    for (long wrong : List.of(5L, 99_999_999L)) {
      Edited edited = new Edited("ext4-no-sums");
      edited.lastOrphan(52);
      edited.unlink(52, wrong);
      edited.deleted();
      assertThat(edited.findings()).containsExactly("an orphan that cannot be: inode " + wrong);
    }
  }

  @Test
  void anInodeWithLinksOnTheListIsAlive() throws IOException {
    Edited edited = new Edited("ext4-no-sums");
    edited.lastOrphan(52);
    assertThat(edited.deleted()).noneMatch(each -> each.source() == null);
    assertThat(edited.findings())
        .containsExactly("the inode was being truncated; what lies behind its size is to be freed");
  }

  @Test
  void aDamagedOrphanFileIsToldBlockByBlock() throws IOException {
    Edited edited = new Edited("ext4-1k");
    BlockRun first = edited.before.runs(edited.before.inode(12), 1).get(0);
    int at = (int) first.block() * 1024;
    edited.set32(at, 52);
    edited.deleted();
    assertThat(edited.findings())
        .contains(
            "the block's checksum does not fit",
            "the inode was being truncated; what lies behind its size is to be freed");
    Edited marked = new Edited("ext4-1k");
    marked.set32(at + 1016, 7);
    marked.deleted();
    assertThat(marked.findings())
        .containsExactly("a block of the orphan file without its mark; it is left out");
  }

  private static DeletedFile only(List<DeletedFile> found) {
    List<DeletedFile> ofInodes = found.stream().filter(each -> each.source() == null).toList();
    assertThat(ofInodes).hasSize(1);
    return ofInodes.get(0);
  }
}
