package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.fs.NodeType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of content that an inode points to, counted.
 *
 * @param blocks how many there are
 * @param used how many of them the block bitmaps count as in use
 * @param trouble why there may be more; null when they are all
 */
record PointedBlocks(long blocks, long used, @Nullable String trouble) {
  static final PointedBlocks NONE = new PointedBlocks(0, 0, null);

  /** A file of more pieces is more broken up than any that was written; a bound for damage. */
  private static final int MAX_RUNS = 1 << 20;

  /**
   * How many runs of blocks are followed in all: what is deleted may be made up, and lead to the
   * same map again and again. For one thread.
   */
  static final class Allowance {
    private long runs = 1L << 24;

    private boolean spend() {
      return --runs >= 0;
    }
  }

  /**
   * Follows extents or block numbers wherever they lead, whatever the inode's size. What the map of
   * a deleted file leads to may long be something else: that is no damage, but trouble.
   *
   * @param bitmaps tell what is in use now
   */
  static PointedBlocks of(Volume volume, Bitmaps bitmaps, Inode inode, Allowance allowance)
      throws IOException {
    if (!hasMap(inode)) {
      return NONE;
    }
    long blocks = 0;
    long used = 0;
    try {
      BlockMap map = Contents.map(volume, inode);
      int runs = 0;
      BlockRun run = map.runAt(0);
      while (run.end() != BlockMap.END) {
        if (++runs > MAX_RUNS || blocks > volume.superblock().blocks()) {
          return new PointedBlocks(blocks, used, "its blocks have no end");
        }
        if (!allowance.spend()) {
          String trouble = "its blocks are not counted: those of others were too many";
          return new PointedBlocks(blocks, used, trouble);
        }
        if (run.state() != BlockRun.State.HOLE) {
          blocks += run.end() - run.start();
          used += bitmaps.used(run.block(), run.end() - run.start());
        }
        run = map.runAt(run.end());
      }
    } catch (CorruptDataException e) {
      return new PointedBlocks(blocks, used, e.what());
    }
    return new PointedBlocks(blocks, used, null);
  }

  private static boolean hasMap(Inode inode) {
    NodeType type = inode.type();
    if (inode.has(InodeFlag.INLINE_DATA) || type.isDevice()) {
      return false;
    }
    boolean isFastLink = type == NodeType.SYMLINK && inode.sectors() == 0;
    return inode.has(InodeFlag.EXTENTS)
        || type == NodeType.FILE
        || type == NodeType.DIRECTORY
        || type == NodeType.SYMLINK && !isFastLink;
  }
}
