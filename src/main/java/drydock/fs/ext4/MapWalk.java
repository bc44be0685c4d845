package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.i32;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.fs.NodeType;
import java.io.IOException;

/**
 * Goes through an inode's whole map, its own blocks included: the nodes of an extent tree, or the
 * blocks of block numbers. What is damaged is told to the visitor and passed over. Not for files'
 * content: {@link BlockMap} is.
 *
 * <p>No more blocks of a map are read than there can be: a tree whose nodes all lead to one and the
 * same ends there.
 */
final class MapWalk {
  private static final int DIRECT = 12;
  private static final int LEVELS = 3;

  /** Is shown a map in the order of the file's blocks, each node before what it leads to. */
  interface Visitor {
    void node(MapNode node) throws IOException;

    void run(BlockRun run) throws IOException;

    /** What cannot be followed: a block of the map, or 0 for the inode itself. */
    void trouble(long block, CorruptDataException what) throws IOException;
  }

  private final Volume volume;
  private final Inode inode;
  private final Visitor visitor;
  private final int perBlock;
  private long left;

  private MapWalk(Volume volume, Inode inode, Visitor visitor) {
    this.volume = volume;
    this.inode = inode;
    this.visitor = visitor;
    this.perBlock = volume.blocks().blockBytes() / 4;
    // a map has no more blocks than its file, and no file has more than there are
    long ofFile = inode.sectors() / (volume.blocks().blockBytes() / 512);
    this.left = LEVELS + Math.min(ofFile, volume.superblock().blocks());
  }

  /** Whether an inode has a map at all: a device has none, nor has what lies in the inode. */
  static boolean isMapped(Inode inode) {
    NodeType type = inode.type();
    boolean isLink = type == NodeType.SYMLINK;
    boolean isFast = isLink && inode.size() < Inode.BLOCK_FIELD_BYTES;
    return !inode.has(InodeFlag.INLINE_DATA)
        && (type == NodeType.FILE
            || type == NodeType.DIRECTORY
            || isLink && (!isFast || inode.has(InodeFlag.EXTENTS)));
  }

  static void of(Volume volume, Inode inode, Visitor visitor) throws IOException {
    MapWalk walk = new MapWalk(volume, inode, visitor);
    if (inode.has(InodeFlag.EXTENTS)) {
      walk.extents();
    } else {
      walk.pointers();
    }
  }

  private void extents() throws IOException {
    Origin origin = volume.origin(inode.number());
    byte[] raw = inode.shared();
    try {
      int depth = ExtentNode.statedDepth(raw, Inode.BLOCK_FIELD, origin);
      ExtentNode root =
          ExtentNode.decode(raw, Inode.BLOCK_FIELD, Inode.BLOCK_FIELD_BYTES, depth, origin);
      extents(0, 0, root, raw, Inode.BLOCK_FIELD);
    } catch (CorruptDataException e) {
      visitor.trouble(0, e);
    }
  }

  /** One node and what is below it; {@code from} is where it lies in {@code raw}. */
  private void extents(long block, long first, ExtentNode node, byte[] raw, int from)
      throws IOException {
    int max = raw[from + 4] & 0xff | (raw[from + 5] & 0xff) << 8;
    visitor.node(extentNode(block, first, node, raw, max));
    for (int i = 0; i < node.entries(); i++) {
      if (node.depth() == 0) {
        BlockRun.State state = node.isWritten(i) ? BlockRun.State.DATA : BlockRun.State.UNWRITTEN;
        long start = node.first(i);
        visitor.run(new BlockRun(start, start + node.length(i), node.block(i), state));
      } else {
        child(node.child(i), node.first(i), node.depth() - 1);
      }
    }
  }

  private void child(long block, long first, int depth) throws IOException {
    Origin origin = volume.origin(inode.number()).child("extent tree block " + block);
    try {
      byte[] raw = read(block, origin);
      extents(block, first, ExtentNode.decode(raw, 0, raw.length, depth, origin), raw, 0);
    } catch (CorruptDataException e) {
      visitor.trouble(block, e);
    }
  }

  private MapNode extentNode(long block, long first, ExtentNode node, byte[] raw, int max) {
    int sumAt = node.checksumOffset();
    boolean summed = block != 0 && volume.checksums().verified() && sumAt <= raw.length - 4;
    if (!summed) {
      return new MapNode(block, node.depth(), first, node.entries(), max, null, null);
    }
    int seed = volume.checksums().inodeSeed(inode.number(), (int) inode.generation());
    int computed = Checksums.crc32c(seed, raw, 0, sumAt);
    return new MapNode(block, node.depth(), first, node.entries(), max, i32(raw, sumAt), computed);
  }

  private void pointers() throws IOException {
    table(inode.shared(), Inode.BLOCK_FIELD, DIRECT, 0);
    long base = DIRECT;
    long span = perBlock;
    for (int level = 1; level <= LEVELS; level++) {
      long block = u32(inode.shared(), Inode.BLOCK_FIELD + 4 * (DIRECT + level - 1));
      below(block, level, base, span);
      base += span;
      span *= perBlock;
    }
  }

  /** A block of numbers that is so many levels deep and stands for {@code span} blocks. */
  private void below(long block, int level, long first, long span) throws IOException {
    if (block == 0) {
      return;
    }
    byte[] raw;
    try {
      raw = read(block, volume.origin(inode.number()).child("block of numbers " + block));
    } catch (CorruptDataException e) {
      visitor.trouble(block, e);
      return;
    }
    visitor.node(new MapNode(block, level, first, used(raw), perBlock, null, null));
    if (level == 1) {
      table(raw, 0, perBlock, first);
      return;
    }
    long covered = span / perBlock;
    for (int i = 0; i < perBlock; i++) {
      below(u32(raw, 4 * i), level - 1, first + i * covered, covered);
    }
  }

  private int used(byte[] raw) {
    int used = 0;
    for (int i = 0; i < perBlock; i++) {
      used += u32(raw, 4 * i) == 0 ? 0 : 1;
    }
    return used;
  }

  /** Numbers of blocks of the file, as runs of those that follow one another. */
  private void table(byte[] raw, int from, int count, long first) throws IOException {
    int at = 0;
    while (at < count) {
      long block = u32(raw, from + 4 * at);
      int end = at + 1;
      while (end < count && block != 0 && u32(raw, from + 4 * end) == block + end - at) {
        end++;
      }
      if (block != 0) {
        visitor.run(new BlockRun(first + at, first + end, block, BlockRun.State.DATA));
      }
      at = end;
    }
  }

  private byte[] read(long block, Origin origin) throws IOException {
    if (left-- <= 0) {
      throw new CorruptDataException(origin, 0, "the map has more blocks than the file");
    }
    if (!volume.blocks().contains(block, 1)) {
      throw new CorruptDataException(origin, 0, "the block lies beyond the file system");
    }
    return volume.blocks().metadata(block);
  }
}
