package drydock.fs.ext4.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A descriptor, commit or revoke block of the log.
 *
 * @param position in journal blocks
 * @param raw the whole block
 */
record ControlBlock(long position, int type, int sequence, byte[] raw) {
  static final int MAGIC = 0xc03b_3998;
  static final int DESCRIPTOR = 1;
  static final int COMMIT = 2;
  static final int REVOKE = 5;

  static final int HEADER_BYTES = 12;
  static final int TAIL_BYTES = 4;
  private static final int REVOKE_HEADER_BYTES = 16;
  private static final int COMMIT_HEADER_BYTES = 64;
  private static final int COMMIT_CHECKSUM_OFFSET = 16;
  private static final int COMMIT_SECONDS_OFFSET = 48;
  private static final int COMMIT_NANOS_OFFSET = 56;

  static boolean hasMagic(byte[] raw) {
    return hasMagic(raw, 0);
  }

  /** Whether a block that begins there has it. */
  static boolean hasMagic(byte[] raw, int from) {
    return raw[from] == (byte) (MAGIC >>> 24) && ByteBuffer.wrap(raw).getInt(from) == MAGIC;
  }

  static ControlBlock decode(long position, byte[] raw) {
    ByteBuffer header = ByteBuffer.wrap(raw);
    return new ControlBlock(position, header.getInt(4), header.getInt(8), raw);
  }

  /** Whether it is of a type that a log has. */
  boolean isKnown() {
    return type == DESCRIPTOR || type == COMMIT || type == REVOKE;
  }

  /** The tags of a descriptor block, up to the last one or to the end of the block. */
  List<BlockTag> tags(JournalSuperblock superblock) {
    int tagBytes = superblock.tagBytes();
    int end = raw.length - (superblock.checksummed() ? TAIL_BYTES : 0);
    List<BlockTag> tags = new ArrayList<>();
    int at = HEADER_BYTES;
    while (at + tagBytes <= end) {
      BlockTag tag = BlockTag.decode(raw, at, superblock);
      tags.add(tag);
      if (tag.last()) {
        break;
      }
      at += tagBytes + tag.uuidBytes();
    }
    return tags;
  }

  /** Whether the byte count of a revoke block can be true: the kernel gives up on a larger one. */
  boolean revokeCountFits(JournalSuperblock superblock) {
    return revokeBytes() <= revokeRoom(superblock);
  }

  private int revokeRoom(JournalSuperblock superblock) {
    return raw.length - (superblock.checksummed() ? TAIL_BYTES : 0);
  }

  /** Bytes in use of a revoke block, its header included. */
  long revokeBytes() {
    return ByteBuffer.wrap(raw).getInt(HEADER_BYTES) & 0xffff_ffffL;
  }

  /** The blocks of the file system that a revoke block names, as many as fit in it. */
  long[] revoked(JournalSuperblock superblock) {
    int entryBytes = superblock.has(JournalFeature.BLOCKS_64BIT) ? 8 : 4;
    ByteBuffer block = ByteBuffer.wrap(raw);
    int bytes = (int) Math.min(revokeBytes(), revokeRoom(superblock));
    int count = Math.max(0, (bytes - REVOKE_HEADER_BYTES) / entryBytes);
    long[] revoked = new long[count];
    for (int i = 0; i < count; i++) {
      int at = REVOKE_HEADER_BYTES + i * entryBytes;
      revoked[i] = entryBytes == 8 ? block.getLong(at) : block.getInt(at) & 0xffff_ffffL;
    }
    return revoked;
  }

  /** Whether the checksum at the end of a descriptor or revoke block fits, where there is one. */
  boolean tailFits(JournalSuperblock superblock, Checksums checksums) {
    if (!superblock.checksummed()) {
      return true;
    }
    int at = raw.length - TAIL_BYTES;
    return ByteBuffer.wrap(raw).getInt(at) == checksums.ofBlock(raw, at);
  }

  /**
   * Whether the checksum of a commit block fits, where there is one. As recovery does, a block is
   * taken whose header alone reached the disk, zeros after it.
   */
  boolean commitFits(JournalSuperblock superblock, Checksums checksums) {
    if (!superblock.checksummed()) {
      return true;
    }
    if (commitChecksum() == checksums.ofBlock(raw, COMMIT_CHECKSUM_OFFSET)) {
      return true;
    }
    byte[] headerAlone = new byte[raw.length];
    System.arraycopy(raw, 0, headerAlone, 0, COMMIT_HEADER_BYTES);
    return commitChecksum() == checksums.ofBlock(headerAlone, COMMIT_CHECKSUM_OFFSET);
  }

  /**
   * Whether a commit block of checksum version 1 holds that checksum over its transaction, or none.
   */
  boolean commitFitsVersion1(int computed) {
    int type = raw[HEADER_BYTES] & 0xff;
    int size = raw[HEADER_BYTES + 1] & 0xff;
    boolean crc32 = type == 1 && size == 4 && commitChecksum() == computed;
    boolean unused = type == 0 && size == 0 && commitChecksum() == 0;
    return crc32 || unused;
  }

  private int commitChecksum() {
    return ByteBuffer.wrap(raw).getInt(COMMIT_CHECKSUM_OFFSET);
  }

  /** Seconds since 1970, unsigned. */
  long commitSeconds() {
    return ByteBuffer.wrap(raw).getLong(COMMIT_SECONDS_OFFSET);
  }

  long commitNanos() {
    return ByteBuffer.wrap(raw).getInt(COMMIT_NANOS_OFFSET) & 0xffff_ffffL;
  }
}
