package drydock.fs.ext4;

import drydock.bytes.LittleEndian;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One piece of metadata of an image: what a fuzzer changes.
 *
 * @param at in bytes from the start of the image
 * @param inode whose it is; 0 when it is nobody's
 * @param slot where that inode lies in the image
 */
record Structure(
    Kind kind, int at, int length, long inode, int slot, int blockBytes, Superblock superblock) {
  private static final int INODES = 130;
  private static final int BLOCKS_EACH = 3;
  private static final int GROUPS = 6;

  enum Kind {
    SUPERBLOCK,
    DESCRIPTOR,
    BITMAP,
    INODE,
    NAMES,
    EXTENTS,
    POINTERS,
    ATTRIBUTES
  }

  /** Those of a sound image, in a fixed order. */
  static List<Structure> all(String image) throws IOException {
    Ext4Tree tree = Images.tree(image, new FindingLog());
    Superblock superblock = tree.superblock();
    int blockBytes = superblock.blockBytes();
    List<Structure> all = new ArrayList<>();
    all.add(new Structure(Kind.SUPERBLOCK, 1024, 1024, 0, 0, blockBytes, superblock));
    for (int group = 0; group < Math.min(GROUPS, superblock.groups()); group++) {
      int table = 1024 / blockBytes + 1;
      int at = table * blockBytes + group * superblock.descriptorBytes();
      all.add(
          new Structure(
              Kind.DESCRIPTOR, at, superblock.descriptorBytes(), 0, group, blockBytes, superblock));
      GroupDescriptor descriptor = tree.group(group);
      all.add(block(Kind.BITMAP, descriptor.blockBitmap(), null, 0, superblock));
      all.add(block(Kind.BITMAP, descriptor.inodeBitmap(), null, 0, superblock));
    }
    for (long number = 2; number < Math.min(INODES, superblock.inodes()); number++) {
      Inode inode = tree.inode(number);
      if (!inode.isBlank()) {
        ofInode(tree, inode, all);
      }
    }
    return all;
  }

  private static Structure block(
      Kind kind, long block, Inode inode, int slot, Superblock superblock) {
    int bytes = superblock.blockBytes();
    long number = inode == null ? 0 : inode.number();
    return new Structure(kind, (int) block * bytes, bytes, number, slot, bytes, superblock);
  }

  private static void ofInode(Ext4Tree tree, Inode inode, List<Structure> all) throws IOException {
    Superblock superblock = tree.superblock();
    int blockBytes = superblock.blockBytes();
    long index = inode.number() - 1;
    GroupDescriptor group = tree.group(index / superblock.inodesPerGroup());
    int slot =
        (int) group.inodeTable() * blockBytes
            + (int) (index % superblock.inodesPerGroup()) * superblock.inodeBytes();
    all.add(
        new Structure(
            Kind.INODE,
            slot,
            superblock.inodeBytes(),
            inode.number(),
            slot,
            blockBytes,
            superblock));
    if (inode.attributeBlock() != 0) {
      all.add(block(Kind.ATTRIBUTES, inode.attributeBlock(), inode, slot, superblock));
    }
    byte[] field = inode.blockField();
    boolean extents = inode.has(InodeFlag.EXTENTS);
    if (extents && LittleEndian.u16(field, 6) > 0) {
      all.add(block(Kind.EXTENTS, LittleEndian.u32(field, 16), inode, slot, superblock));
    }
    boolean mapped = inode.meta().isFile() || inode.meta().isDirectory();
    for (int at = 48; !extents && mapped && at < 60; at += 4) {
      if (LittleEndian.u32(field, at) != 0 && !inode.has(InodeFlag.INLINE_DATA)) {
        all.add(block(Kind.POINTERS, LittleEndian.u32(field, at), inode, slot, superblock));
      }
    }
    if (inode.meta().isDirectory()) {
      for (BlockRun run : tree.runs(inode, BLOCKS_EACH)) {
        all.add(block(Kind.NAMES, run.block(), inode, slot, superblock));
      }
    }
  }

  /** The number of the block where it begins. */
  int block() {
    return at / blockBytes;
  }

  /** Makes its checksum fit, where it has one of its own. */
  void seal(byte[] raw) {
    Features features = superblock.features();
    int readOnly =
        (features.has(Feature.METADATA_CSUM) ? 0x400 : 0)
            | (features.has(Feature.UNINIT_BG) ? 0x10 : 0);
    Seals seals =
        new Seals(
            raw,
            blockBytes,
            superblock.inodeBytes(),
            superblock.descriptorBytes(),
            readOnly,
            features.has(Feature.METADATA_CSUM_SEED));
    switch (kind) {
      case SUPERBLOCK -> seals.superblock();
      case DESCRIPTOR -> seals.descriptor(at, slot);
      case INODE -> seals.inode(at, (int) inode);
      case NAMES -> {
        seals.leaf(at, (int) inode, slot);
        if ((raw[slot + 0x21] & 0x10) != 0) {
          seals.index(at, LittleEndian.i32(raw, at) == 0 ? 0x8 : 0x20, (int) inode, slot);
        }
      }
      case EXTENTS -> seals.extents(at, (int) inode, slot);
      case ATTRIBUTES -> seals.attributes(at, block());
      case BITMAP, POINTERS -> {}
    }
  }
}
