package drydock.fs.ext4;

/**
 * Flags of an inode that change how it is read (kernel {@code fs/ext4/ext4.h}, {@code EXT4_*_FL}).
 */
public enum InodeFlag {
  ENCRYPTED(0x800),
  /** The directory has a tree of hashes. */
  INDEXED(0x1000),
  HUGE_FILE(0x4_0000),
  EXTENTS(0x8_0000),
  /** The inode holds the value of an extended attribute. */
  ATTRIBUTE_VALUE(0x20_0000),
  INLINE_DATA(0x1000_0000),
  CASEFOLDED(0x4000_0000);

  private final int mask;

  InodeFlag(int mask) {
    this.mask = mask;
  }

  int mask() {
    return mask;
  }
}
