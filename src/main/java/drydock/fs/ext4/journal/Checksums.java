package drydock.fs.ext4.journal;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The checksums of a jbd2 journal: CRC32C seeded with the journal's UUID (v2, v3), and the
 * big-endian CRC-32 over all blocks of a transaction (v1). Neither inverts its result.
 */
final class Checksums {
  private static final int BIG_ENDIAN_POLYNOMIAL = 0x04c1_1db7;
  private static final int[] BIG_ENDIAN_TABLE = bigEndianTable();

  private final byte[] seed;
  private final JournalSuperblock superblock;

  Checksums(JournalSuperblock superblock) {
    this.superblock = superblock;
    UUID uuid = superblock.uuid();
    this.seed =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
  }

  /** Of the superblock, whose own checksum field counts as zero. */
  static int ofSuperblock(byte[] raw) {
    CRC32C crc = new CRC32C();
    return withZeroAt(crc, raw, JournalSuperblock.BYTES, JournalSuperblock.CHECKSUM_OFFSET);
  }

  /** Of a control block whose checksum field, at that offset, counts as zero. */
  int ofBlock(byte[] block, int fieldOffset) {
    CRC32C crc = seeded();
    return withZeroAt(crc, block, block.length, fieldOffset);
  }

  /** Whether a tag's checksum fits the data block as it lies in the journal. */
  boolean fits(BlockTag tag, byte[] data, int offset, int length, int sequence) {
    return tag.checksum() == ofData(data, offset, length, sequence);
  }

  /** Of a data block as it lies in the journal: as many bits of it as a tag has. */
  int ofData(byte[] data, int offset, int length, int sequence) {
    CRC32C crc = seeded();
    crc.update(ByteBuffer.allocate(4).putInt(sequence).flip());
    crc.update(data, offset, length);
    int computed = ~(int) crc.getValue();
    return superblock.has(JournalFeature.CHECKSUM_V3) ? computed : computed & 0xffff;
  }

  /** Goes on with the checksum of version 1, which starts with all bits set. */
  static int bigEndian(int crc, byte[] bytes) {
    int next = crc;
    for (byte b : bytes) {
      next = next << 8 ^ BIG_ENDIAN_TABLE[next >>> 24 ^ (b & 0xff)];
    }
    return next;
  }

  private CRC32C seeded() {
    CRC32C crc = new CRC32C();
    crc.update(seed);
    return crc;
  }

  private static int withZeroAt(CRC32C crc, byte[] bytes, int length, int zeroOffset) {
    crc.update(bytes, 0, zeroOffset);
    crc.update(new byte[4]);
    crc.update(bytes, zeroOffset + 4, length - zeroOffset - 4);
    return ~(int) crc.getValue();
  }

  private static int[] bigEndianTable() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int value = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        value = value << 1 ^ (value < 0 ? BIG_ENDIAN_POLYNOMIAL : 0);
      }
      table[i] = value;
    }
    return table;
  }
}
