package drydock.fs.ext4.journal;

import java.nio.ByteBuffer;

/**
 * One tag of a descriptor block: which block of the file system the data block that follows
 * replaces.
 *
 * @param block of the file system
 * @param checksum of the data block, as stored: 16 bits (v2) or 32 (v3)
 */
record BlockTag(long block, int flags, int checksum) {
  private static final int ESCAPED = 1;
  private static final int SAME_UUID = 2;
  private static final int DELETED = 4;
  private static final int LAST = 8;
  private static final int UUID_BYTES = 16;

  static BlockTag decode(byte[] raw, int at, JournalSuperblock superblock) {
    ByteBuffer tag = ByteBuffer.wrap(raw);
    long block = tag.getInt(at) & 0xffff_ffffL;
    if (superblock.has(JournalFeature.BLOCKS_64BIT)) {
      block |= (long) tag.getInt(at + 8) << 32;
    }
    int checksum =
        superblock.has(JournalFeature.CHECKSUM_V3)
            ? tag.getInt(at + 12)
            : tag.getShort(at + 4) & 0xffff;
    return new BlockTag(block, tag.getShort(at + 6) & 0xffff, checksum);
  }

  /** Whether the data block's first four bytes were the journal's magic and are stored as zeros. */
  boolean escaped() {
    return (flags & ESCAPED) != 0;
  }

  /** A flag that no kernel sets or looks at. */
  boolean deleted() {
    return (flags & DELETED) != 0;
  }

  boolean last() {
    return (flags & LAST) != 0;
  }

  /** Bytes that follow the tag before the next one. */
  int uuidBytes() {
    return (flags & SAME_UUID) != 0 ? 0 : UUID_BYTES;
  }
}
