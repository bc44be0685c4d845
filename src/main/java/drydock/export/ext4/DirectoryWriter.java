package drydock.export.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes the blocks of one directory: a single one where all names fit in it, else a tree of hashes
 * that leads to blocks of names (kernel {@code fs/ext4/namei.c}). Not safe from several threads.
 *
 * <pre>
 * block 0   . ..  [hash kind, levels]  [limit count | 1] [hash 2] ...
 * blocks of hashes, level by level     [limit count | block] [hash block] ...
 * blocks of names                      [inode length name] ...
 * </pre>
 */
final class DirectoryWriter {
  private static final int BLOCK_BYTES = ImageFile.BLOCK_BYTES;
  private static final int TAIL_BYTES = 12;
  private static final int NAMES_BYTES = BLOCK_BYTES - TAIL_BYTES;
  private static final int DOT_BYTES = 12;
  private static final int DIRECTORY_TYPE = 2;
  private static final int INFO_AT = 24;
  private static final int INFO_BYTES = 8;
  private static final int ROOT_ENTRIES_AT = INFO_AT + INFO_BYTES;
  private static final int NODE_ENTRIES_AT = 8;
  private static final int ENTRY_BYTES = 8;

  /** An index block's own tail is as long as an entry. */
  private static final int IN_ROOT = (BLOCK_BYTES - ROOT_ENTRIES_AT) / ENTRY_BYTES - 1;

  private static final int IN_NODE = (BLOCK_BYTES - NODE_ENTRIES_AT) / ENTRY_BYTES - 1;

  /** More levels need a feature of their own (kernel namei.c, {@code ext4_dir_htree_level}). */
  private static final int USUAL_LEVELS = 1;

  private final ImageFile image;
  private final Seals seals;
  private final int hashVersion;
  private final long inode;
  private final long parent;
  private final DirectoryNames names;
  private int levels;

  DirectoryWriter(
      ImageFile image,
      Seals seals,
      int hashVersion,
      long inode,
      long parent,
      DirectoryNames names) {
    this.image = image;
    this.seals = seals;
    this.hashVersion = hashVersion;
    this.inode = inode;
    this.parent = parent;
    this.names = names;
  }

  /** Writes all blocks and what the inode says of them. */
  void write(InodeRecord record) throws IOException {
    if (2 * DOT_BYTES + names.bytes() <= NAMES_BYTES) {
      writeSingle(begin(record, 1));
    } else {
      record.flag(InodeRecord.INDEXED);
      writeTree(record);
    }
  }

  /** Whether the tree is higher than kernels know without {@code large_dir}. */
  boolean isLarge() {
    return levels > USUAL_LEVELS;
  }

  private long begin(InodeRecord record, long blocks) throws IOException {
    record.size(blocks * BLOCK_BYTES);
    return new ExtentTree(image, seals, inode, BlockRuns.whole(blocks)).write(record);
  }

  private void writeSingle(long place) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    putDots(block, names.count() == 0 ? NAMES_BYTES - DOT_BYTES : DOT_BYTES);
    int at = 2 * DOT_BYTES;
    for (int i = 0; i < names.count(); i++) {
      names.copy(i, block, at);
      if (i == names.count() - 1) {
        putLength(block, at, NAMES_BYTES - at);
      }
      at += names.length(i);
    }
    seals.names(inode, block);
    image.put(place, block);
  }

  private void putDots(byte[] block, int lengthOfSecond) {
    ByteBuffer fields = fields(block);
    fields.putInt(0, (int) inode);
    fields.putShort(4, (short) DOT_BYTES);
    block[6] = 1;
    block[7] = DIRECTORY_TYPE;
    block[8] = '.';
    fields.putInt(DOT_BYTES, (int) parent);
    fields.putShort(DOT_BYTES + 4, (short) lengthOfSecond);
    block[DOT_BYTES + 6] = 2;
    block[DOT_BYTES + 7] = DIRECTORY_TYPE;
    block[DOT_BYTES + 8] = '.';
    block[DOT_BYTES + 9] = '.';
  }

  private static ByteBuffer fields(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void putLength(byte[] block, int at, int length) {
    fields(block).putShort(at + 4, (short) length);
  }

  private void writeTree(InodeRecord record) throws IOException {
    int[] order = names.byHash();
    int[] leaves = leaves(order);
    int[] widths = widths(leaves.length - 1);
    levels = widths.length;
    int nodes = Arrays.stream(widths).sum();
    long place = begin(record, 1L + nodes + leaves.length - 1);
    int[] hashes = firstHashes(order, leaves);
    writeIndex(place, widths, hashes);
    for (int i = 0; i + 1 < leaves.length; i++) {
      writeLeaf(place + 1 + nodes + i, order, leaves[i], leaves[i + 1]);
    }
  }

  /** With which name, by hash, each block of names begins; and the end of the last. */
  private int[] leaves(int[] order) {
    int[] starts = new int[16];
    int count = 0;
    int room = 0;
    for (int i = 0; i < order.length; i++) {
      int length = names.length(order[i]);
      if (length > room) {
        if (count + 1 == starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[count++] = i;
        room = NAMES_BYTES;
      }
      room -= length;
    }
    starts[count] = order.length;
    return Arrays.copyOf(starts, count + 1);
  }

  /** How many index blocks there are in each level below the root, the highest first. */
  private static int[] widths(int leaves) {
    int[] widths = new int[0];
    int below = leaves;
    while (below > IN_ROOT) {
      below = (below + IN_NODE - 1) / IN_NODE;
      int[] more = new int[widths.length + 1];
      System.arraycopy(widths, 0, more, 1, widths.length);
      more[0] = below;
      widths = more;
    }
    return widths;
  }

  /**
   * The hash with which each block of names begins; its lowest bit says that the block before holds
   * names of the same one.
   */
  private int[] firstHashes(int[] order, int[] leaves) {
    int[] hashes = new int[leaves.length - 1];
    for (int i = 1; i < hashes.length; i++) {
      int first = names.hash(order[leaves[i]]);
      boolean goesOn = first == names.hash(order[leaves[i] - 1]);
      hashes[i] = goesOn ? first | 1 : first;
    }
    return hashes;
  }

  private void writeIndex(long place, int[] widths, int[] hashes) throws IOException {
    int[] stride = new int[widths.length + 1]; // how many blocks of names an entry leads to
    Arrays.fill(stride, 1);
    for (int level = widths.length - 1; level >= 0; level--) {
      stride[level] = stride[level + 1] * IN_NODE;
    }
    int block = 1;
    writeRoot(place, widths.length, hashes, stride[0]);
    for (int level = 0; level < widths.length; level++) {
      int firstBelow = block + widths[level];
      for (int i = 0; i < widths[level]; i++) {
        int from = i * stride[level];
        int to = (int) Math.min(hashes.length, (long) from + stride[level]);
        byte[] node = new byte[BLOCK_BYTES];
        putLength(node, 0, BLOCK_BYTES);
        putEntries(
            node,
            NODE_ENTRIES_AT,
            IN_NODE,
            hashes,
            from,
            to,
            stride[level + 1],
            firstBelow + i * IN_NODE);
        image.put(place + block + i, node);
      }
      block = firstBelow;
    }
  }

  private void writeRoot(long place, int indirectLevels, int[] hashes, int stride)
      throws IOException {
    byte[] root = new byte[BLOCK_BYTES];
    putDots(root, BLOCK_BYTES - DOT_BYTES);
    root[INFO_AT + 4] = (byte) hashVersion;
    root[INFO_AT + 5] = INFO_BYTES;
    root[INFO_AT + 6] = (byte) indirectLevels;
    putEntries(root, ROOT_ENTRIES_AT, IN_ROOT, hashes, 0, hashes.length, stride, 1);
    image.put(place, root);
  }

  /** One entry each {@code stride} hashes; the first has the counts where its hash would be. */
  private void putEntries(
      byte[] block, int at, int limit, int[] hashes, int from, int to, int stride, int firstBelow) {
    ByteBuffer fields = fields(block);
    int count = 0;
    for (long i = from; i < to; i += stride) {
      int entry = at + count * ENTRY_BYTES;
      fields.putInt(entry, hashes[(int) i]);
      fields.putInt(entry + 4, firstBelow + count);
      count++;
    }
    fields.putShort(at, (short) limit);
    fields.putShort(at + 2, (short) count);
    seals.hashes(inode, block, at + count * ENTRY_BYTES);
  }

  private void writeLeaf(long place, int[] order, int from, int to) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    int at = 0;
    for (int i = from; i < to; i++) {
      names.copy(order[i], block, at);
      if (i == to - 1) {
        putLength(block, at, NAMES_BYTES - at);
      }
      at += names.length(order[i]);
    }
    seals.names(inode, block);
    image.put(place, block);
  }
}
