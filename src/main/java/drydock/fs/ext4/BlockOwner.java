package drydock.fs.ext4;

import org.jspecify.annotations.Nullable;

/**
 * What a block of a file system is part of. One block may have several owners: groups that lie in
 * one another, inodes with the same attributes, or damage.
 *
 * @param group the group whose record it is; null for what belongs to an inode
 * @param inode the first inode of an inode table's block, or the one whose block it is; 0 for none
 * @param position which block it is: of its file, of its table, the first one of the file that a
 *     node is about
 * @param depth of a node of a map
 * @param deleted whether the inode is not in use any more
 */
public record BlockOwner(
    long block,
    Role role,
    @Nullable Long group,
    long inode,
    long position,
    int depth,
    boolean deleted) {

  /** What a block is for. */
  public enum Role {
    BOOT,
    SUPERBLOCK,
    SUPERBLOCK_COPY,
    DESCRIPTORS,
    DESCRIPTORS_COPY,
    RESERVED_DESCRIPTORS,
    BLOCK_BITMAP,
    INODE_BITMAP,
    INODE_TABLE,
    MULTI_MOUNT_PROTECTION,
    EXTENT_NODE,
    BLOCK_NUMBERS,
    ATTRIBUTES,
    DIRECTORY,
    JOURNAL,
    SYMLINK,
    FILE;

    /** Whether it tells where a file's blocks are. */
    public boolean isMap() {
      return this == EXTENT_NODE || this == BLOCK_NUMBERS;
    }
  }

  static BlockOwner ofGroup(long block, Role role, long group, long inode, long position) {
    return new BlockOwner(block, role, group, inode, position, 0, false);
  }
}
