package drydock.fs.ext4.journal;

import java.io.IOException;

/**
 * What lies behind the place where recovery has to stop, counted: a control block counts if its
 * transaction is the one there or a later one, wherever it is.
 *
 * @param commits commit blocks; what is not committed would not have been applied anyway
 * @param blocks copies of blocks that descriptors tell of
 */
record LostLog(long commits, long blocks) {
  private static final int MAX_AHEAD = 1 << 16;

  static LostLog behind(Journal journal, long from, int sequence) throws IOException {
    long commits = 0;
    long blocks = 0;
    long position = from;
    for (long left = journal.logBlocks(); left > 0; left--) {
      ControlBlock block = journal.inLog(position) ? journal.control(position) : null;
      position = journal.after(position);
      if (block == null || !isAhead(block.sequence() - sequence)) {
        continue;
      }
      if (block.type() == ControlBlock.DESCRIPTOR) {
        blocks += block.tags(journal.superblock()).size();
      } else if (block.type() == ControlBlock.COMMIT) {
        commits++;
      }
    }
    return new LostLog(commits, blocks);
  }

  private static boolean isAhead(int by) {
    return by >= 0 && by < MAX_AHEAD;
  }

  @Override
  public String toString() {
    return commits
        + (commits == 1 ? " committed transaction, " : " committed transactions, ")
        + blocks
        + (blocks == 1 ? " block" : " blocks");
  }
}
