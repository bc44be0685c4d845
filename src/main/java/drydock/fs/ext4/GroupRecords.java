package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import java.io.IOException;

/**
 * Where the records of all groups lie: copies of superblock and descriptors, bitmaps, inode tables
 * (kernel {@code fs/ext4/super.c}, {@code descriptor_loc}; {@code fs/ext4/balloc.c}, {@code
 * ext4_num_base_meta_clusters}).
 */
final class GroupRecords {
  /** Is shown runs of blocks, by groups. */
  @FunctionalInterface
  interface Visitor {
    void range(BlockOwner.Role role, long group, long first, long count) throws IOException;
  }

  private static final int MMP_BLOCK_AT = 0x168;

  private final Volume volume;
  private final Superblock superblock;
  private final long perBlock;

  GroupRecords(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.perBlock = superblock.blockBytes() / superblock.descriptorBytes();
  }

  void each(Visitor visitor) throws IOException {
    long groups = volume.inodes().groups().count();
    for (long group = 0; group < groups; group++) {
      of(group, visitor);
    }
    if (volume.has(Feature.MMP)) {
      byte[] raw = volume.blocks().source().bytes(Superblock.OFFSET + MMP_BLOCK_AT, Long.BYTES);
      long protection = LittleEndian.u32(raw, 0) | LittleEndian.u32(raw, 4) << 32;
      visitor.range(BlockOwner.Role.MULTI_MOUNT_PROTECTION, 0, protection, 1);
    }
  }

  /** The records of one group, wherever they lie; a descriptor that is lost tells of none. */
  void of(long group, Visitor visitor) throws IOException {
    copies(group, visitor);
    GroupDescriptor descriptor;
    try {
      descriptor = volume.inodes().groups().descriptor(group);
    } catch (CorruptDataException e) {
      volume.log().add(e, volume.origin());
      return;
    }
    visitor.range(BlockOwner.Role.BLOCK_BITMAP, group, descriptor.blockBitmap(), 1);
    visitor.range(BlockOwner.Role.INODE_BITMAP, group, descriptor.inodeBitmap(), 1);
    long blocks = superblock.tableBlocks();
    visitor.range(BlockOwner.Role.INODE_TABLE, group, descriptor.inodeTable(), blocks);
  }

  private void copies(long group, Visitor visitor) throws IOException {
    boolean isFirst = group == 0;
    boolean hasCopy = superblock.hasCopy(group);
    long at = superblock.firstBlock(group);
    if (isFirst) {
      at = Superblock.OFFSET / superblock.blockBytes();
    }
    if (hasCopy) {
      visitor.range(
          isFirst ? BlockOwner.Role.SUPERBLOCK : BlockOwner.Role.SUPERBLOCK_COPY, group, at, 1);
      at++;
    }
    BlockOwner.Role role = isFirst ? BlockOwner.Role.DESCRIPTORS : BlockOwner.Role.DESCRIPTORS_COPY;
    if (isInMetaGroup(group)) {
      long place = group % perBlock;
      if (place == 0 || place == 1 || place == perBlock - 1) {
        BlockOwner.Role meta =
            place == 0 ? BlockOwner.Role.DESCRIPTORS : BlockOwner.Role.DESCRIPTORS_COPY;
        visitor.range(meta, group, at, 1);
      }
    } else if (hasCopy) {
      long tables = tables();
      visitor.range(role, group, at, tables);
      long reserved = superblock.reservedDescriptorBlocks();
      visitor.range(BlockOwner.Role.RESERVED_DESCRIPTORS, group, at + tables, reserved);
    }
  }

  private boolean isInMetaGroup(long group) {
    return volume.has(Feature.META_BG) && group / perBlock >= superblock.firstMetaGroup();
  }

  private long tables() {
    return volume.has(Feature.META_BG)
        ? superblock.firstMetaGroup()
        : (superblock.groups() + perBlock - 1) / perBlock;
  }
}
