package drydock.fs.ext4.journal;

/**
 * Consecutive blocks of a file that lie together on the disk.
 *
 * @param first the first one's number in the file
 * @param block its number in the file system
 * @param written false for blocks that are allocated and read as zeros
 */
public record BlockRange(long first, long block, long count, boolean written) {
  /** The number in the file behind the last one. */
  public long end() {
    return first + count;
  }

  /** The part from one number in the file to another, which must lie inside. */
  BlockRange part(long from, long to) {
    return new BlockRange(from, block + (from - first), to - from, written);
  }
}
