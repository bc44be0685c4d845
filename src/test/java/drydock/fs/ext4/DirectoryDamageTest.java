package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Lookup;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thing broken in a directory: what is told, and which names can still be read. */
class DirectoryDamageTest {
  private static final String IMAGE = "ext4-no-sums";
  private static final int BLOCK = 1024;

  private final FindingLog log = new FindingLog();
  private byte[] raw = {};
  private Ext4Tree sound;

  @BeforeEach
  void read() throws IOException {
    raw = Images.raw(IMAGE);
    sound = Images.tree(IMAGE, log);
  }

  private Ext4Tree damaged() throws IOException {
    return Ext4Format.openTree(new ArraySource(raw, Origin.of("image")), OpenOptions.DEFAULT, log);
  }

  private Inode inode(String path) throws IOException {
    return sound.inode(new Lookup(sound).findNoFollow(path).node().meta().inode());
  }

  /** Where a block of a directory lies in the image. */
  private int block(String path, int fileBlock) throws IOException {
    for (BlockRun run : sound.runs(inode(path), 100)) {
      if (fileBlock >= run.start() && fileBlock < run.end()) {
        return (int) (run.block() + fileBlock - run.start()) * BLOCK;
      }
    }
    throw new IllegalArgumentException(path);
  }

  private int entry(String directory, int fileBlock, String name) throws IOException {
    int at = block(directory, fileBlock);
    DirentBlock entries = new DirentBlock(raw, at, at + BLOCK, BLOCK, true);
    while (entries.advance()) {
      if (entries.name().is(name)) {
        return entries.offset();
      }
    }
    throw new IllegalArgumentException(name);
  }

  private List<String> list(Ext4Tree tree, String path) throws IOException {
    return new Lookup(tree)
        .find(path).node().list().stream().map(each -> each.name().toString()).toList();
  }

  private List<String> told() {
    return log.list().stream().map(Finding::what).toList();
  }

  private void put16(int at, int value) {
    raw[at] = (byte) value;
    raw[at + 1] = (byte) (value >> 8);
  }

  @Test
  void namesBehindALengthOfZeroAreStillShown() throws IOException {
    List<String> all = list(sound, "/");
    int at = entry("/", 0, "dir");
    put16(at + 4, 0);
    assertThat(list(damaged(), "/")).isEqualTo(all);
    assertThat(log.list()).hasSize(1);
    assertThat(log.list().get(0).offset()).isEqualTo(at % BLOCK);
    assertThat(told().get(0))
        .contains("impossible length: 0", "its name is shown", "read on from what looks like");
  }

  @Test
  void brokenEntryThatIsNoneIsLeftOut() throws IOException {
    List<String> all = new java.util.ArrayList<>(list(sound, "/"));
    int at = entry("/", 0, "dir");
    put16(at + 4, 3);
    Checksums.putInt(raw, at, -1);
    all.remove("dir");
    assertThat(list(damaged(), "/")).isEqualTo(all);
    assertThat(told()).hasSize(1);
  }

  @Test
  void directoryInsideItselfIsTold() throws IOException {
    int at = entry("/dir", 0, "linked");
    Checksums.putInt(raw, at, (int) inode("/dir").number());
    list(damaged(), "/dir");
    assertThat(told()).contains("a name stands for the directory that it lies in: linked");
  }

  @Test
  void directoryThatTwoLeadToIsToldWithBoth() throws IOException {
    int at = entry("/", 0, "dir");
    long inner = inode("/dir/inner").number();
    Checksums.putInt(raw, at, (int) inner);
    list(damaged(), "/dir");
    assertThat(log.list()).hasSize(1);
    assertThat(told().get(0))
        .isEqualTo(
            "the directory says that it lies in directory inode "
                + inode("/dir").number()
                + " and is reached through inode 2");
  }

  @Test
  void typeThatThereIsNotIsTold() throws IOException {
    raw[entry("/dir", 0, "linked") + 7] = 9;
    assertThat(list(damaged(), "/dir")).contains("linked");
    assertThat(told()).containsExactly("a name of a type that there is not: linked");
  }

  @Test
  void rootOfATreeThatIsNotZeroWhereItMustBeIsTold() throws IOException {
    raw[block("/index-bytes", 0) + 0x18] = 1;
    list(damaged(), "/index-bytes");
    assertThat(told()).containsExactly("fields of the hash tree's root that must be zero are not");
  }

  @Test
  void lostParentIsTold() throws IOException {
    int at = block("/dir", 0) + 12;
    raw[at + 9] = 'x';
    assertThat(list(damaged(), "/dir")).contains(".x");
    assertThat(told()).containsExactly("the directory's second name is not that of its parent");
  }

  @Test
  void blockThatTheTreeLeadsToTwiceAndTheOneThatItLostAreTold() throws IOException {
    int root = block("/index-bytes", 0);
    int second = LittleEndian.i32(raw, root + 0x2c);
    int third = LittleEndian.i32(raw, root + 0x34);
    Checksums.putInt(raw, root + 0x34, second);
    List<String> all = list(sound, "/index-bytes");
    assertThat(list(damaged(), "/index-bytes")).isEqualTo(all);
    assertThat(told())
        .contains("the hash tree leads to block " + second + " twice")
        .noneMatch(what -> what.contains("does not lead to this block"));
    assertThat(third).isNotEqualTo(second);
  }

  @Test
  void blockThatTheTreeLeavesOutIsTold() throws IOException {
    int root = block("/index-bytes", 0);
    int count = LittleEndian.u16(raw, root + 0x22);
    int last = LittleEndian.i32(raw, root + 0x20 + (count - 1) * 8 + 4);
    put16(root + 0x22, count - 1);
    List<String> all = list(sound, "/index-bytes");
    assertThat(list(damaged(), "/index-bytes")).isEqualTo(all);
    assertThat(log.list())
        .filteredOn(each -> each.origin().label().equals("block " + last))
        .extracting(Finding::what)
        .containsExactly("the directory's hash tree does not lead to this block");
  }

  @Test
  void nameThatMovedToAnotherBlockIsToldOncePerBlock() throws IOException {
    int root = block("/index-bytes", 0);
    int second = LittleEndian.i32(raw, root + 0x2c);
    int third = LittleEndian.i32(raw, root + 0x34);
    Checksums.putInt(raw, root + 0x2c, third);
    Checksums.putInt(raw, root + 0x34, second);
    Ext4Tree tree = damaged();
    List<Entry> all = new Lookup(tree).find("/index-bytes").node().list();
    assertThat(all).hasSameSizeAs(list(sound, "/index-bytes"));
    assertThat(told()).hasSize(2).allMatch(what -> what.contains("belongs to another block"));
    assertThat(log.list())
        .extracting(f -> f.origin().label())
        .containsExactlyInAnyOrder("block " + second, "block " + third);
  }
}
