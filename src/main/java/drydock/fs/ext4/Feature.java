package drydock.fs.ext4;

/**
 * A feature flag, named as dumpe2fs prints it (e2fsprogs {@code lib/e2p/feature.c}); two that it
 * has no name for bear the kernel's. What is done with each: {@code docs/formats/ext4-bits.md}.
 */
public enum Feature {
  DIR_PREALLOC(Kind.COMPATIBLE, 0x1, "dir_prealloc"),
  IMAGIC_INODES(Kind.COMPATIBLE, 0x2, "imagic_inodes"),
  HAS_JOURNAL(Kind.COMPATIBLE, 0x4, "has_journal"),
  EXT_ATTR(Kind.COMPATIBLE, 0x8, "ext_attr"),
  RESIZE_INODE(Kind.COMPATIBLE, 0x10, "resize_inode"),
  DIR_INDEX(Kind.COMPATIBLE, 0x20, "dir_index"),
  LAZY_BG(Kind.COMPATIBLE, 0x40, "lazy_bg"),
  /** Of snapshots: their inode of excluded blocks; never in the kernel. */
  EXCLUDE_INODE(Kind.COMPATIBLE, 0x80, "exclude_inode"),
  SNAPSHOT_BITMAP(Kind.COMPATIBLE, 0x100, "snapshot_bitmap"),
  SPARSE_SUPER2(Kind.COMPATIBLE, 0x200, "sparse_super2"),
  FAST_COMMIT(Kind.COMPATIBLE, 0x400, "fast_commit"),
  STABLE_INODES(Kind.COMPATIBLE, 0x800, "stable_inodes"),
  ORPHAN_FILE(Kind.COMPATIBLE, 0x1000, "orphan_file"),

  COMPRESSION(Kind.INCOMPATIBLE, 0x1, "compression"),
  FILETYPE(Kind.INCOMPATIBLE, 0x2, "filetype"),
  NEEDS_RECOVERY(Kind.INCOMPATIBLE, 0x4, "needs_recovery"),
  JOURNAL_DEV(Kind.INCOMPATIBLE, 0x8, "journal_dev"),
  META_BG(Kind.INCOMPATIBLE, 0x10, "meta_bg"),
  EXTENT(Kind.INCOMPATIBLE, 0x40, "extent"),
  SIXTY_FOUR_BIT(Kind.INCOMPATIBLE, 0x80, "64bit"),
  MMP(Kind.INCOMPATIBLE, 0x100, "mmp"),
  FLEX_BG(Kind.INCOMPATIBLE, 0x200, "flex_bg"),
  EA_INODE(Kind.INCOMPATIBLE, 0x400, "ea_inode"),
  DIRDATA(Kind.INCOMPATIBLE, 0x1000, "dirdata"),
  METADATA_CSUM_SEED(Kind.INCOMPATIBLE, 0x2000, "metadata_csum_seed"),
  LARGE_DIR(Kind.INCOMPATIBLE, 0x4000, "large_dir"),
  INLINE_DATA(Kind.INCOMPATIBLE, 0x8000, "inline_data"),
  ENCRYPT(Kind.INCOMPATIBLE, 0x10000, "encrypt"),
  CASEFOLD(Kind.INCOMPATIBLE, 0x20000, "casefold"),

  SPARSE_SUPER(Kind.READ_ONLY, 0x1, "sparse_super"),
  LARGE_FILE(Kind.READ_ONLY, 0x2, "large_file"),
  /** Directories as B-trees: reserved in ext2's days and never written. */
  BTREE_DIR(Kind.READ_ONLY, 0x4, "btree_dir"),
  HUGE_FILE(Kind.READ_ONLY, 0x8, "huge_file"),
  UNINIT_BG(Kind.READ_ONLY, 0x10, "uninit_bg"),
  DIR_NLINK(Kind.READ_ONLY, 0x20, "dir_nlink"),
  EXTRA_ISIZE(Kind.READ_ONLY, 0x40, "extra_isize"),
  SNAPSHOT(Kind.READ_ONLY, 0x80, "snapshot"),
  QUOTA(Kind.READ_ONLY, 0x100, "quota"),
  BIGALLOC(Kind.READ_ONLY, 0x200, "bigalloc"),
  METADATA_CSUM(Kind.READ_ONLY, 0x400, "metadata_csum"),
  REPLICA(Kind.READ_ONLY, 0x800, "replica"),
  READONLY(Kind.READ_ONLY, 0x1000, "read-only"),
  PROJECT(Kind.READ_ONLY, 0x2000, "project"),
  SHARED_BLOCKS(Kind.READ_ONLY, 0x4000, "shared_blocks"),
  VERITY(Kind.READ_ONLY, 0x8000, "verity"),
  ORPHAN_PRESENT(Kind.READ_ONLY, 0x10000, "orphan_present");

  /** What a reader that does not know a flag may still do. */
  public enum Kind {
    /** Read and write. */
    COMPATIBLE('C'),
    /** Nothing. */
    INCOMPATIBLE('I'),
    /** Read. */
    READ_ONLY('R');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    /** The letter in the name of a flag that nobody knows: {@code FEATURE_I20}. */
    char letter() {
      return letter;
    }
  }

  private final Kind kind;
  private final int mask;
  private final String label;

  Feature(Kind kind, int mask, String label) {
    this.kind = kind;
    this.mask = mask;
    this.label = label;
  }

  public Kind kind() {
    return kind;
  }

  int mask() {
    return mask;
  }

  public String label() {
    return label;
  }
}
