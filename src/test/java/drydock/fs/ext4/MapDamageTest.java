package drydock.fs.ext4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Lookup;
import drydock.fs.OpenOptions;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Extent trees and blocks of block numbers that claim what cannot be, one thing at a time. */
class MapDamageTest {
  private static final int BLOCK = 1024;

  private final FindingLog log = new FindingLog();
  private byte[] raw = {};
  private byte[] sound = {};

  /** Loads an image; answers where the i_block of a file lies in it. */
  private int load(String image, String path) throws IOException {
    raw = Images.raw(image);
    Ext4Tree tree = Images.tree(image, new FindingLog());
    var node = new Lookup(tree).find(path).node();
    sound = node.content().bytes(0, (int) Math.min(node.content().size(), 1 << 20));
    long number = node.meta().inode();
    Superblock s = tree.superblock();
    GroupDescriptor group = tree.group((number - 1) / s.inodesPerGroup());
    long index = (number - 1) % s.inodesPerGroup();
    return (int) (group.inodeTable() * BLOCK + index * s.inodeBytes()) + Inode.BLOCK_FIELD;
  }

  private ByteSource content(String path) throws IOException {
    Ext4Tree tree =
        Ext4Format.openTree(new ArraySource(raw, Origin.of("image")), OpenOptions.DEFAULT, log);
    return new Lookup(tree).find(path).node().content();
  }

  private void put(int at, int value) {
    Checksums.putInt(raw, at, value);
  }

  private void told(String what) {
    assertThat(log.list())
        .anySatisfy(
            f -> {
              assertThat(f.what()).contains(what);
              assertThat(f.offset()).isNotNull();
            });
  }

  /** The leaf that the first indexes of /fragments lead to. */
  private int leaf(int field) {
    int node = field;
    while (LittleEndian.u16(raw, node + 6) > 0) {
      node = LittleEndian.i32(raw, node + 16) * BLOCK;
    }
    return node;
  }

  @Test
  void blockThatTwoExtentsClaimIsAnErrorAndTheOthersAreRead() throws IOException {
    int leaf = leaf(load("ext4-1k", "/fragments"));
    int first = LittleEndian.i32(raw, leaf + 12);
    int third = LittleEndian.i32(raw, leaf + 36);
    put(leaf + 24, first);
    ByteSource content = content("/fragments");
    assertThatThrownBy(() -> content.bytes((long) first * BLOCK, 10))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("two entries claim block");
    assertThat(content.bytes((long) third * BLOCK, 100))
        .isEqualTo(Arrays.copyOfRange(sound, third * BLOCK, third * BLOCK + 100));
    told("out of order");
  }

  @Test
  void extentWithoutBlocksIsTold() throws IOException {
    int leaf = leaf(load("ext4-1k", "/fragments"));
    raw[leaf + 16] = 0;
    raw[leaf + 17] = 0;
    content("/fragments").bytes(0, 10);
    told("an extent without blocks");
  }

  @Test
  void nodeThatDoesNotBeginWhereItsIndexSaysIsTold() throws IOException {
    int field = load("ext4-1k", "/fragments");
    put(leaf(field) + 12, LittleEndian.i32(raw, leaf(field) + 12) + 1);
    content("/fragments").bytes(0, 10);
    told("its index says at block");
  }

  @Test
  void nodeThatClaimsBlocksOfTheNextOneIsTold() throws IOException {
    int leaf = leaf(load("ext4-1k", "/fragments"));
    int entries = LittleEndian.u16(raw, leaf + 2);
    raw[leaf + 12 + 12 * (entries - 1) + 5] = 0x10;
    content("/fragments").bytes(0, 10);
    told("another node claims, too");
  }

  @Test
  void extentThatEndsBeyondTheFileSystemIsReadUpToThere() throws IOException {
    int field = load("ext4-no-sums", "/some");
    int blocks = LittleEndian.i32(raw, BLOCK + 4);
    put(field + 20, blocks - 1);
    ByteSource content = content("/some");
    assertThat(content.bytes(0, BLOCK))
        .isEqualTo(Arrays.copyOfRange(raw, (blocks - 1) * BLOCK, blocks * BLOCK));
    assertThatThrownBy(() -> content.bytes(BLOCK, 1))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("beyond the file system: blocks from " + blocks);
  }

  @Test
  void headerWithAWrongRoomIsToldAndReadOn() throws IOException {
    int field = load("ext4-no-sums", "/some");
    raw[field + 4] = 0;
    assertThat(content("/some").bytes(0, sound.length)).isEqualTo(sound);
    told("room for a number of entries");
  }

  @Test
  void blockOfNumbersThatNamesItselfIsAnError() throws IOException {
    int field = load("ext2-1k", "/large");
    int twice = LittleEndian.i32(raw, field + 4 * 13);
    int thrice = LittleEndian.i32(raw, field + 4 * 14);
    int table = twice != 0 ? twice : thrice;
    for (int i = 0; i < BLOCK; i += 4) {
      put(table * BLOCK + i, table);
    }
    ByteSource content = content("/large");
    long behind = (twice != 0 ? 12L + 256 : 12L + 256 + 65536) * BLOCK;
    assertThatThrownBy(() -> content.bytes(behind, 10))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("lead back into themselves");
  }
}
