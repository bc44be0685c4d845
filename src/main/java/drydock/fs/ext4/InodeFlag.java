package drydock.fs.ext4;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The flags of an inode (kernel {@code fs/ext4/ext4.h}, {@code EXT4_*_FL}; those that it does not
 * know: e2fsprogs {@code lib/ext2fs/ext2_fs.h}). What is done with each: {@code
 * docs/formats/ext4-bits.md}.
 */
public enum InodeFlag {
  SECURE_DELETION(0x1),
  UNDELETABLE(0x2),
  /** To be compressed; {@code chattr +c} sets it everywhere, to no effect. */
  COMPRESS(0x4),
  SYNC(0x8),
  IMMUTABLE(0x10),
  APPEND(0x20),
  NO_DUMP(0x40),
  NO_ATIME(0x80),
  /** Of compression: written since it was compressed. */
  DIRTY(0x100),
  /** Of compression: some of its clusters are. */
  COMPRESSED_CLUSTERS(0x200),
  NO_COMPRESS(0x400),
  ENCRYPTED(0x800),
  /** The directory has a tree of hashes. */
  INDEXED(0x1000),
  /** Of AFS servers: a directory of theirs. */
  IMAGIC(0x2000),
  JOURNAL_DATA(0x4000),
  NO_TAIL(0x8000),
  DIR_SYNC(0x1_0000),
  TOP_DIR(0x2_0000),
  /** Blocks are counted in file system blocks. */
  HUGE_FILE(0x4_0000),
  EXTENTS(0x8_0000),
  /** Hashes of the content lie behind its end. */
  VERITY(0x10_0000),
  /** The inode holds the value of an extended attribute. */
  ATTRIBUTE_VALUE(0x20_0000),
  /** Blocks were laid out behind the end; no longer set. */
  BLOCKS_BEHIND_END(0x40_0000),
  /** Of Btrfs; means nothing here. */
  NO_COW(0x80_0000),
  /** Of snapshots (never in the kernel); in newer e2fsprogs: atomic writes. */
  SNAPSHOT(0x100_0000),
  DAX(0x200_0000),
  SNAPSHOT_DELETED(0x400_0000),
  SNAPSHOT_SHRUNK(0x800_0000),
  INLINE_DATA(0x1000_0000),
  /** What is made in the directory belongs to its project. */
  PROJECT_INHERIT(0x2000_0000),
  CASEFOLDED(0x4000_0000),
  RESERVED(0x8000_0000);

  private final int mask;

  InodeFlag(int mask) {
    this.mask = mask;
  }

  int mask() {
    return mask;
  }

  /** The name in lower case: {@code "immutable"}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those that are set in an inode's word of flags. */
  static Set<InodeFlag> of(int word) {
    Set<InodeFlag> set = EnumSet.noneOf(InodeFlag.class);
    for (InodeFlag flag : values()) {
      if ((word & flag.mask) != 0) {
        set.add(flag);
      }
    }
    return set;
  }
}
