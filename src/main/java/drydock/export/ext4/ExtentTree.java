package drydock.export.ext4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the map of one inode's blocks: up to four entries in the inode, else blocks of entries in
 * as many levels as it takes, in front of the content (kernel {@code fs/ext4/ext4_extents.h}). Not
 * safe from several threads.
 */
final class ExtentTree {
  private static final int MAGIC = 0xf30a;
  private static final int ENTRY_BYTES = 12;
  private static final int IN_INODE = InodeRecord.BLOCK_FIELD_BYTES / ENTRY_BYTES - 1;
  private static final int IN_BLOCK = (ImageFile.BLOCK_BYTES - 4) / ENTRY_BYTES - 1;

  private final ImageFile image;
  private final Seals seals;
  private final long inode;
  private final BlockRuns runs;
  private int run;
  private long done;
  private long place;

  ExtentTree(ImageFile image, Seals seals, long inode, BlockRuns runs) {
    this.image = image;
    this.seals = seals;
    this.inode = inode;
    this.runs = runs;
  }

  /**
   * Takes blocks for map and content and writes the map.
   *
   * @return the first block of the content
   */
  long write(InodeRecord record) throws IOException {
    long nodes = nodes();
    long first = image.take(nodes + runs.blocks());
    place = first + nodes;
    record.flag(InodeRecord.EXTENTS);
    record.addBlocks(nodes + runs.blocks());
    ByteBuffer root =
        ByteBuffer.wrap(record.raw(), InodeRecord.BLOCK_FIELD, InodeRecord.BLOCK_FIELD_BYTES)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    long extents = runs.extents();
    if (extents <= IN_INODE) {
      putExtents(root, IN_INODE, (int) extents);
    } else {
      writeLevels(root, first, extents);
    }
    return first + nodes;
  }

  /** How many blocks the tree takes outside of the inode. */
  private long nodes() {
    long nodes = 0;
    long level = runs.extents();
    while (level > IN_INODE) {
      level = (level + IN_BLOCK - 1) / IN_BLOCK;
      nodes += level;
    }
    return nodes;
  }

  private void writeLevels(ByteBuffer root, long firstNode, long extents) throws IOException {
    int count = Math.toIntExact((extents + IN_BLOCK - 1) / IN_BLOCK);
    long[] keys = new long[count]; // with which block of the file each node begins
    for (int i = 0; i < count; i++) {
      keys[i] = runs.first(run) + done;
      ByteBuffer node = node();
      putExtents(node, IN_BLOCK, (int) Math.min(IN_BLOCK, extents - (long) i * IN_BLOCK));
      write(node, firstNode + i);
    }
    long below = firstNode;
    int depth = 1;
    while (count > IN_INODE) {
      int nodes = (count + IN_BLOCK - 1) / IN_BLOCK;
      for (int i = 0; i < nodes; i++) {
        ByteBuffer node = node();
        int from = i * IN_BLOCK;
        putIndex(node, IN_BLOCK, depth, keys, from, Math.min(count, from + IN_BLOCK), below);
        write(node, below + count + i);
        keys[i] = keys[from];
      }
      below += count;
      count = nodes;
      depth++;
    }
    putIndex(root, IN_INODE, depth, keys, 0, count, below);
  }

  private static ByteBuffer node() {
    return ByteBuffer.allocate(ImageFile.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void write(ByteBuffer node, long block) throws IOException {
    seals.extents(inode, node.array());
    image.put(block, node.array());
  }

  private static void putHeader(ByteBuffer node, int entries, int most, int depth) {
    node.putShort(0, (short) MAGIC);
    node.putShort(2, (short) entries);
    node.putShort(4, (short) most);
    node.putShort(6, (short) depth);
  }

  /** The next extents, in the order of the file. */
  private void putExtents(ByteBuffer node, int most, int count) {
    putHeader(node, count, most, 0);
    for (int i = 1; i <= count; i++) {
      int length = (int) Math.min(BlockRuns.LONGEST_EXTENT, runs.length(run) - done);
      int at = i * ENTRY_BYTES;
      node.putInt(at, (int) (runs.first(run) + done));
      node.putShort(at + 4, (short) length);
      node.putShort(at + 6, (short) (place >>> 32));
      node.putInt(at + 8, (int) place);
      place += length;
      done += length;
      if (done == runs.length(run)) {
        run++;
        done = 0;
      }
    }
  }

  private static void putIndex(
      ByteBuffer node, int most, int depth, long[] keys, int from, int to, long firstBelow) {
    putHeader(node, to - from, most, depth);
    for (int i = from; i < to; i++) {
      int at = (i - from + 1) * ENTRY_BYTES;
      long block = firstBelow + i;
      node.putInt(at, (int) keys[i]);
      node.putInt(at + 4, (int) block);
      node.putShort(at + 8, (short) (block >>> 32));
    }
  }
}
