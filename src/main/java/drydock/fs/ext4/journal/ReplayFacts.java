package drydock.fs.ext4.journal;

/**
 * What replaying a journal needs to know of the file system.
 *
 * @param blocks of the file system
 * @param inodeBytes size of an inode on the disk
 */
public record ReplayFacts(int blockBytes, long blocks, int inodeBytes, JournalPlaces places) {
  /** For a journal without holes that lies outside of the file system. */
  public ReplayFacts(int blockBytes, long blocks, int inodeBytes) {
    this(blockBytes, blocks, inodeBytes, JournalPlaces.WHOLE);
  }
}
