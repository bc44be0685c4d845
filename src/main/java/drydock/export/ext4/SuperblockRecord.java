package drydock.export.ext4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The superblock of the image. Layout: {@code ksy/ext4_superblock.ksy}; what is not set here is
 * zero, all times among it. Not safe from several threads.
 */
final class SuperblockRecord {
  static final int AT = 1024;
  static final int BYTES = 1024;

  private static final int LABEL_AT = 0x78;
  private static final int LABEL_BYTES = 16;

  private static final int EXT_ATTR = 0x8;
  private static final int DIR_INDEX = 0x20;
  private static final int SPARSE_SUPER2 = 0x200;

  private static final int FILETYPE = 0x2;
  private static final int EXTENT = 0x40;
  private static final int SIXTY_FOUR_BIT = 0x80;
  private static final int FLEX_BG = 0x200;
  private static final int EA_INODE = 0x400;
  private static final int LARGE_DIR = 0x4000;

  private static final int SPARSE_SUPER = 0x1;
  private static final int LARGE_FILE = 0x2;
  private static final int HUGE_FILE = 0x8;
  private static final int DIR_NLINK = 0x20;
  private static final int EXTRA_ISIZE = 0x40;
  private static final int METADATA_CSUM = 0x400;

  private final byte[] raw = new byte[BYTES];
  private final ByteBuffer fields = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);

  SuperblockRecord(Identity identity, GroupLayout layout) {
    putConstants();
    putLayout(layout);
    System.arraycopy(identity.uuid(), 0, raw, 0x68, Identity.BYTES);
    System.arraycopy(identity.hashSeed(), 0, raw, 0xec, Identity.BYTES);
    byte[] label = identity.label();
    System.arraycopy(label, 0, raw, LABEL_AT, Math.min(LABEL_BYTES, label.length));
  }

  private void putConstants() {
    fields.putInt(0x18, 2); // blocks of 1 KiB << 2
    fields.putInt(0x1c, 2);
    fields.putShort(0x36, (short) -1); // mounted as often as one likes
    fields.putShort(0x38, (short) 0xef53);
    fields.putShort(0x3a, (short) 1); // left clean
    fields.putShort(0x3c, (short) 1); // goes on after errors
    fields.putInt(0x4c, 1); // the revision with the fields below
    fields.putInt(0x54, InodeSpool.FIRST);
    fields.putShort(0x58, (short) InodeRecord.BYTES);
    fields.putInt(0x5c, EXT_ATTR | DIR_INDEX | SPARSE_SUPER2);
    fields.putInt(0x60, FILETYPE | EXTENT | SIXTY_FOUR_BIT | FLEX_BG);
    fields.putInt(
        0x64, SPARSE_SUPER | LARGE_FILE | HUGE_FILE | DIR_NLINK | EXTRA_ISIZE | METADATA_CSUM);
    fields.put(0xfc, (byte) Identity.HASH_VERSION);
    fields.putShort(0xfe, (short) GroupTables.DESCRIPTOR_BYTES);
    fields.putInt(0x100, 0xc); // mounted with attributes and access control lists
    fields.putShort(0x15c, (short) InodeRecord.EXTRA_BYTES_UNBORN);
    fields.putShort(0x15e, (short) InodeRecord.EXTRA_BYTES);
    fields.putInt(0x160, 0x1); // bytes of names are signed where they are hashed
    fields.put(0x174, (byte) 4); // groups of 16
    fields.put(0x175, (byte) 1); // CRC-32C
  }

  private void putLayout(GroupLayout layout) {
    fields.putInt(0x0, (int) layout.inodes());
    fields.putInt(0x4, (int) layout.blocks());
    fields.putInt(0x150, (int) (layout.blocks() >>> 32));
    fields.putInt(0x20, layout.blocksPerGroup());
    fields.putInt(0x24, layout.blocksPerGroup());
    fields.putInt(0x28, layout.inodesPerGroup());
  }

  void free(long blocks, long inodes) {
    fields.putInt(0xc, (int) blocks);
    fields.putInt(0x158, (int) (blocks >>> 32));
    fields.putInt(0x10, (int) inodes);
  }

  /** Kernels know the features of attributes and directories for which they are needed only. */
  void features(boolean hasValueInodes, boolean hasLargeDirectories) {
    int more = (hasValueInodes ? EA_INODE : 0) | (hasLargeDirectories ? LARGE_DIR : 0);
    fields.putInt(0x60, fields.getInt(0x60) | more);
  }

  /** The bytes with their checksum. */
  byte[] sealed() {
    Seals.superblock(raw);
    return raw;
  }
}
