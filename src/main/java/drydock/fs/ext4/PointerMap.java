package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import java.io.IOException;

/**
 * The block map of a file without extents: twelve blocks named in the inode, then blocks of
 * numbers, one, two and three deep (kernel {@code fs/ext4/indirect.c}).
 */
final class PointerMap implements BlockMap {
  private static final int DIRECT = 12;
  private static final int LEVELS = 3;

  private final Volume volume;
  private final Inode inode;
  private final long perBlock;

  PointerMap(Volume volume, Inode inode) {
    this.volume = volume;
    this.inode = inode;
    this.perBlock = volume.blocks().blockBytes() / 4;
  }

  @Override
  public BlockRun runAt(long fileBlock) throws IOException {
    if (fileBlock < DIRECT) {
      return inTable(inode.shared(), Inode.BLOCK_FIELD, DIRECT, 0, fileBlock);
    }
    long base = DIRECT;
    long span = perBlock;
    for (int level = 1; level <= LEVELS; level++) {
      if (fileBlock < base + span) {
        long top = u32(inode.shared(), Inode.BLOCK_FIELD + 4 * (DIRECT + level - 1));
        return below(top, level, base, span, fileBlock);
      }
      base += span;
      span *= perBlock;
    }
    return BlockRun.hole(fileBlock, END);
  }

  /**
   * Looks under a block of numbers that is {@code level} deep and stands for {@code span} blocks.
   */
  private BlockRun below(long top, int level, long base, long span, long fileBlock)
      throws IOException {
    long pointer = top;
    long start = base;
    long covered = span;
    long[] path = new long[LEVELS];
    for (int at = level; at >= 1; at--) {
      if (pointer == 0) {
        return BlockRun.hole(fileBlock, start + covered);
      }
      byte[] table = table(pointer);
      path[level - at] = pointer;
      if (at == 1) {
        return notOn(path, inTable(table, 0, perBlock, start, fileBlock));
      }
      covered /= perBlock;
      long index = (fileBlock - start) / covered;
      start += index * covered;
      pointer = u32(table, (int) index * 4);
      if (isOn(path, pointer, 1)) {
        throw loop(pointer);
      }
    }
    throw new IllegalStateException("a table of numbers is at least one deep");
  }

  /** A block of numbers that names itself, or one that led to it, as content or as numbers. */
  private BlockRun notOn(long[] path, BlockRun run) throws CorruptDataException {
    if (run.isData() && isOn(path, run.block(), run.end() - run.start())) {
      throw loop(run.block());
    }
    return run;
  }

  private static boolean isOn(long[] path, long block, long count) {
    for (long each : path) {
      if (each != 0 && each >= block && each < block + count) {
        return true;
      }
    }
    return false;
  }

  private CorruptDataException loop(long block) {
    return volume.corrupt(
        inode.number(),
        Inode.BLOCK_FIELD,
        "the blocks of block numbers lead back into themselves: block " + block);
  }

  private byte[] table(long block) throws IOException {
    if (!volume.blocks().contains(block, 1)) {
      throw beyond(block);
    }
    return volume.blocks().metadata(block);
  }

  /** The run of block numbers in a table that go on from one another, or are all zero. */
  private BlockRun inTable(byte[] raw, int from, long count, long start, long fileBlock)
      throws CorruptDataException {
    int index = (int) (fileBlock - start);
    long block = u32(raw, from + 4 * index);
    if (block != 0 && !volume.blocks().contains(block, 1)) {
      throw beyond(block);
    }
    int end = index + 1;
    while (end < count && goesOn(block, end - index, u32(raw, from + 4 * end))) {
      end++;
    }
    return block == 0
        ? BlockRun.hole(fileBlock, start + end)
        : new BlockRun(fileBlock, start + end, block, BlockRun.State.DATA);
  }

  private boolean goesOn(long block, int further, long next) {
    return block == 0 ? next == 0 : next == block + further && volume.blocks().contains(next, 1);
  }

  private CorruptDataException beyond(long block) {
    return volume.corrupt(
        inode.number(), Inode.BLOCK_FIELD, "a block lies beyond the file system: " + block);
  }
}
