package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.ksy.Ext4GroupDescriptor;
import drydock.shape.Shape;
import org.jspecify.annotations.Nullable;

/**
 * One block group: where its bitmaps and its inode table lie, and what is in use.
 *
 * @param unusedInodes how many inodes at the table's end were never used
 * @param bitmapSums the checksums of its bitmaps; null when they are not known
 */
public record GroupDescriptor(
    long group,
    long blockBitmap,
    long inodeBitmap,
    long inodeTable,
    long freeBlocks,
    long freeInodes,
    long directories,
    int flags,
    long unusedInodes,
    int checksum,
    @Nullable BitmapSums bitmapSums) {

  private static final int INODES_NEVER_USED = 0x1;
  private static final int BLOCKS_NEVER_USED = 0x2;

  /**
   * The stored checksums of the two bitmaps.
   *
   * @param wide whether they have 32 bits; else the lower 16
   */
  record BitmapSums(int blocks, int inodes, boolean wide) {}

  /** {@code raw} is cut to the descriptor's size. */
  static GroupDescriptor decode(byte[] raw, long group, Origin origin) throws CorruptDataException {
    Ext4GroupDescriptor d =
        Shape.decode(raw, origin, "ext4 group descriptor", Ext4GroupDescriptor::new);
    Ext4GroupDescriptor.WideHalf w = d.wide();
    boolean wide = w != null;
    return new GroupDescriptor(
        group,
        d.bgBlockBitmapLo() | (wide ? w.bgBlockBitmapHi() << 32 : 0),
        d.bgInodeBitmapLo() | (wide ? w.bgInodeBitmapHi() << 32 : 0),
        d.bgInodeTableLo() | (wide ? w.bgInodeTableHi() << 32 : 0),
        d.bgFreeBlocksCountLo() | (wide ? w.bgFreeBlocksCountHi() << 16 : 0),
        d.bgFreeInodesCountLo() | (wide ? w.bgFreeInodesCountHi() << 16 : 0),
        d.bgUsedDirsCountLo() | (wide ? w.bgUsedDirsCountHi() << 16 : 0),
        d.bgFlags(),
        d.bgItableUnusedLo() | (wide ? w.bgItableUnusedHi() << 16 : 0),
        d.bgChecksum(),
        sums(d));
  }

  private static BitmapSums sums(Ext4GroupDescriptor d) {
    Ext4GroupDescriptor.WideHalf w = d.wide();
    return new BitmapSums(
        d.bgBlockBitmapCsumLo() | (w != null ? w.bgBlockBitmapCsumHi() << 16 : 0),
        d.bgInodeBitmapCsumLo() | (w != null ? w.bgInodeBitmapCsumHi() << 16 : 0),
        w != null);
  }

  /** Whether no inode of the group was ever used, so that its table may hold anything. */
  public boolean inodesNeverUsed() {
    return (flags & INODES_NEVER_USED) != 0;
  }

  /**
   * Whether no block of the group was ever given to a file, so that its bitmap may hold anything.
   */
  public boolean blocksNeverUsed() {
    return (flags & BLOCKS_NEVER_USED) != 0;
  }

  /** Only the places, for a copy: nobody keeps the counts and flags of copies up to date. */
  GroupDescriptor placesOnly() {
    return new GroupDescriptor(
        group, blockBitmap, inodeBitmap, inodeTable, 0, 0, 0, 0, 0, checksum, null);
  }
}
