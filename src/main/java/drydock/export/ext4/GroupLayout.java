package drydock.export.ext4;

/**
 * How the finished file system is divided into groups, and where their records lie: one kind after
 * the other behind everything else.
 *
 * @param blocksPerGroup fewer than usual where there are many files without content: a group has
 *     bitmaps for no more than 32,768 of each
 * @param blocks how large the file system is
 * @param usedBlocks up to where there is anything; few blocks may follow to fill a group
 */
record GroupLayout(
    int blocksPerGroup,
    int groups,
    int inodesPerGroup,
    long blockBitmaps,
    long usedBlocks,
    long blocks) {
  static final int MOST_PER_GROUP = 8 * ImageFile.BLOCK_BYTES;

  /** Behind the superblock's block, in bytes. */
  static final int DESCRIPTORS_AT = ImageFile.BLOCK_BYTES;

  static final int INODES_PER_BLOCK = ImageFile.BLOCK_BYTES / InodeRecord.BYTES;

  private static final int FEWEST_BLOCKS_PER_GROUP = 1 << 10;
  private static final int FEWEST_BLOCKS_OF_LAST = 64;

  /**
   * The layout behind {@code dataEnd} blocks for {@code inodes} inodes: the largest groups of which
   * none is there for inodes alone.
   */
  static GroupLayout of(long dataEnd, long inodes) {
    int blocksPerGroup = MOST_PER_GROUP;
    while (true) {
      GroupLayout layout = of(dataEnd, inodes, blocksPerGroup);
      long lastGroup = (layout.groups - 1L) * blocksPerGroup;
      if (layout.usedBlocks > lastGroup || blocksPerGroup == FEWEST_BLOCKS_PER_GROUP) {
        long blocks = Math.max(layout.usedBlocks, lastGroup + FEWEST_BLOCKS_OF_LAST);
        return new GroupLayout(
            blocksPerGroup,
            layout.groups,
            layout.inodesPerGroup,
            dataEnd,
            layout.usedBlocks,
            blocks);
      }
      blocksPerGroup /= 2;
    }
  }

  /** As many groups as it takes for the tables that as many groups have. */
  private static GroupLayout of(long dataEnd, long inodes, int blocksPerGroup) {
    long groups = Math.max(divideUp(dataEnd, blocksPerGroup), divideUp(inodes, MOST_PER_GROUP));
    while (true) {
      long perGroup = divideUp(divideUp(inodes, groups), INODES_PER_BLOCK) * INODES_PER_BLOCK;
      long end = dataEnd + groups * (2 + perGroup / INODES_PER_BLOCK);
      long needed = divideUp(end, blocksPerGroup);
      if (needed <= groups) {
        return new GroupLayout(
            blocksPerGroup, Math.toIntExact(groups), (int) perGroup, dataEnd, end, end);
      }
      groups = needed;
    }
  }

  private static long divideUp(long number, long by) {
    return (number + by - 1) / by;
  }

  /** The block behind all descriptors. */
  long descriptorsEnd() {
    return divideUp(
        DESCRIPTORS_AT + (long) groups * GroupTables.DESCRIPTOR_BYTES, ImageFile.BLOCK_BYTES);
  }

  long inodeBitmaps() {
    return blockBitmaps + groups;
  }

  long tables() {
    return inodeBitmaps() + groups;
  }

  int tableBlocks() {
    return inodesPerGroup / INODES_PER_BLOCK;
  }

  long table(int group) {
    return tables() + (long) group * tableBlocks();
  }

  long inodes() {
    return (long) groups * inodesPerGroup;
  }

  /** The blocks of a group; the last one may be shorter. */
  int blocksOf(int group) {
    return (int) Math.min(blocksPerGroup, blocks - (long) group * blocksPerGroup);
  }
}
