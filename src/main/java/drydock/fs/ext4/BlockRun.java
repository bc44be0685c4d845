package drydock.fs.ext4;

/**
 * Consecutive blocks of a file that lie together on the disk, or nowhere.
 *
 * @param start the first block's number in the file
 * @param end the number in the file behind the last one
 * @param block the first one's number on the disk; 0 for a hole
 */
public record BlockRun(long start, long end, long block, State state) {
  /** What a run of blocks reads as. */
  public enum State {
    DATA,
    /** Allocated, never written: reads as zeros. */
    UNWRITTEN,
    /** Not there: reads as zeros. */
    HOLE
  }

  static BlockRun hole(long start, long end) {
    return new BlockRun(start, end, 0, State.HOLE);
  }

  public boolean isData() {
    return state == State.DATA;
  }

  /** The part of this run that begins at a block of the file and ends at most at another. */
  BlockRun from(long fileBlock, long last) {
    long skipped = state == State.HOLE ? 0 : fileBlock - start;
    return new BlockRun(fileBlock, Math.min(end, last), block + skipped, state);
  }

  boolean holds(long fileBlock) {
    return fileBlock >= start && fileBlock < end;
  }
}
