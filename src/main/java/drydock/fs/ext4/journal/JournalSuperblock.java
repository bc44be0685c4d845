package drydock.fs.ext4.journal;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.ksy.Jbd2Superblock;
import drydock.shape.Shape;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.UUID;

/**
 * The first block of a journal, decoded. Numbers of blocks count journal blocks.
 *
 * @param version 1 (no features) or 2
 * @param blocks length of the journal, superblock and fast commit area included
 * @param firstBlock where the log begins after going round
 * @param sequence the first transaction expected in the log; compared modulo 2^32
 * @param startBlock where that transaction starts; 0 when nothing is to be recovered
 * @param error what the file system recorded when it stopped itself; 0 when nothing
 * @param unknownFeatures bits of the incompatible and read-only compatible words that we do not
 *     know
 * @param fastCommitBlocks length of the fast commit area as stored; 0 means the default
 * @param checksumType 4 is CRC32C
 * @param checksum of this block as stored
 */
public record JournalSuperblock(
    int version,
    long blockBytes,
    long blocks,
    long firstBlock,
    int sequence,
    long startBlock,
    int error,
    Set<JournalFeature> features,
    long unknownFeatures,
    UUID uuid,
    int checksumType,
    long fastCommitBlocks,
    long headBlock,
    int checksum) {
  /** Length of what is decoded; the rest of the block is unused. */
  static final int BYTES = 1024;

  static final int CHECKSUM_OFFSET = 0xfc;
  static final int CRC32C_TYPE = 4;
  private static final long DEFAULT_FAST_COMMIT_BLOCKS = 256;

  /** What the kernel wants for the log of a journal that has an area for fast commits. */
  static final long MIN_LOG_BLOCKS = 1024;

  static JournalSuperblock decode(byte[] raw, Origin origin) throws CorruptDataException {
    Jbd2Superblock shape = Shape.decode(raw, origin, "journal superblock", Jbd2Superblock::new);
    long type = shape.hBlocktype();
    if (type != 3 && type != 4) {
      throw new CorruptDataException(
          origin, 4, "not a journal superblock", "block type " + type, "3 or 4");
    }
    boolean featured = type == 4;
    long compat = featured ? shape.sFeatureCompat() : 0;
    long incompat = featured ? shape.sFeatureIncompat() : 0;
    long readOnlyCompat = featured ? shape.sFeatureRoCompat() : 0;
    ByteBuffer uuid = ByteBuffer.wrap(shape.sUuid());
    return new JournalSuperblock(
        featured ? 2 : 1,
        shape.sBlocksize(),
        shape.sMaxlen(),
        shape.sFirst(),
        (int) shape.sSequence(),
        shape.sStart(),
        shape.sErrno(),
        Set.copyOf(JournalFeature.decode(compat, incompat)),
        (incompat & ~JournalFeature.KNOWN_INCOMPAT) | readOnlyCompat,
        new UUID(uuid.getLong(), uuid.getLong()),
        shape.sChecksumType(),
        shape.sNumFcBlks(),
        shape.sHead(),
        (int) shape.sChecksum());
  }

  public boolean has(JournalFeature feature) {
    return features.contains(feature);
  }

  /** Whether control blocks, tags and this block carry CRC32C checksums. */
  boolean checksummed() {
    return has(JournalFeature.CHECKSUM_V2) || has(JournalFeature.CHECKSUM_V3);
  }

  /** The block after the log's last one, where it goes round to {@link #firstBlock}. */
  public long endBlock() {
    return has(JournalFeature.FAST_COMMIT) ? blocks - fastCommitArea() : blocks;
  }

  /** The first block of the fast commit area: one block is left free after the log. */
  public long firstFastCommitBlock() {
    return endBlock() + 1;
  }

  private long fastCommitArea() {
    return fastCommitBlocks == 0 ? DEFAULT_FAST_COMMIT_BLOCKS : fastCommitBlocks;
  }

  /** Bytes of a tag in a descriptor block, without the UUID that may follow. */
  int tagBytes() {
    if (has(JournalFeature.CHECKSUM_V3)) {
      return 16;
    }
    return (has(JournalFeature.BLOCKS_64BIT) ? 12 : 8) + (has(JournalFeature.CHECKSUM_V2) ? 2 : 0);
  }
}
