package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A journal whose superblock recovery would accept. Positions are in journal blocks. */
final class Journal {
  private final ByteSource source;
  private final JournalSuperblock superblock;
  private final Checksums checksums;
  private final JournalPlaces places;

  private Journal(ByteSource source, JournalSuperblock superblock, JournalPlaces places) {
    this.source = source;
    this.superblock = superblock;
    this.places = places;
    this.checksums = new Checksums(superblock);
  }

  /**
   * Reads the superblock and checks it as the kernel does before it recovers anything.
   *
   * @throws CorruptDataException when the kernel would not touch this journal
   */
  static Journal open(ByteSource source, ReplayFacts facts) throws IOException {
    Origin origin = source.origin();
    if (source.size() < JournalSuperblock.BYTES) {
      throw new CorruptDataException(
          origin, 0, "the journal is cut off", source.size() + " bytes", "a superblock");
    }
    byte[] raw = source.bytes(0, JournalSuperblock.BYTES);
    JournalSuperblock superblock = JournalSuperblock.decode(raw, origin);
    checkGeometry(superblock, source, facts);
    checkFeatures(superblock, raw, origin);
    return new Journal(source, superblock, facts.places());
  }

  private static void checkGeometry(
      JournalSuperblock superblock, ByteSource source, ReplayFacts facts)
      throws CorruptDataException {
    Origin origin = source.origin();
    if (superblock.blockBytes() != facts.blockBytes()) {
      throw new CorruptDataException(
          origin,
          0x0c,
          "the journal's block size is not the file system's",
          String.valueOf(superblock.blockBytes()),
          String.valueOf(facts.blockBytes()));
    }
    long there = source.size() / facts.blockBytes();
    if (superblock.blocks() > there) {
      throw new CorruptDataException(
          origin,
          0x10,
          "the journal is shorter than its superblock says",
          there + " blocks",
          superblock.blocks() + " blocks");
    }
    if (superblock.has(JournalFeature.FAST_COMMIT)
        && superblock.endBlock() < JournalSuperblock.MIN_LOG_BLOCKS) {
      throw new CorruptDataException(
          origin,
          0x54,
          "the journal's fast commits leave too little for its log",
          superblock.endBlock() + " blocks",
          "at least " + JournalSuperblock.MIN_LOG_BLOCKS);
    }
    if (superblock.firstBlock() == 0 || superblock.firstBlock() >= superblock.endBlock()) {
      throw new CorruptDataException(
          origin,
          0x14,
          "the journal's log starts outside of it",
          "block " + superblock.firstBlock(),
          "a block from 1 to " + (superblock.endBlock() - 1));
    }
  }

  private static void checkFeatures(JournalSuperblock superblock, byte[] raw, Origin origin)
      throws CorruptDataException {
    if (superblock.unknownFeatures() != 0) {
      throw new CorruptDataException(
          origin,
          0x28,
          "the journal has features that we do not know",
          "0x" + Long.toHexString(superblock.unknownFeatures()),
          "0");
    }
    boolean v2 = superblock.has(JournalFeature.CHECKSUM_V2);
    boolean v3 = superblock.has(JournalFeature.CHECKSUM_V3);
    if (v2 && v3 || superblock.checksummed() && superblock.has(JournalFeature.CHECKSUM_V1)) {
      throw new CorruptDataException(
          origin, 0x24, "the journal claims checksums of two versions at once");
    }
    if (!superblock.checksummed()) {
      return;
    }
    if (superblock.checksumType() != JournalSuperblock.CRC32C_TYPE) {
      throw new CorruptDataException(
          origin,
          0x50,
          "the journal has an unknown type of checksum",
          String.valueOf(superblock.checksumType()),
          "4 (crc32c)");
    }
    int computed = Checksums.ofSuperblock(raw);
    if (computed != superblock.checksum()) {
      throw new CorruptDataException(
          origin,
          JournalSuperblock.CHECKSUM_OFFSET,
          "the checksum of the journal's superblock is wrong",
          hex(superblock.checksum()),
          hex(computed));
    }
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  JournalSuperblock superblock() {
    return superblock;
  }

  Checksums checksums() {
    return checksums;
  }

  Origin origin() {
    return source.origin();
  }

  int blockBytes() {
    return (int) superblock.blockBytes();
  }

  /** Blocks that the log may use. */
  long logBlocks() {
    return superblock.endBlock() - superblock.firstBlock();
  }

  /** Whether a block of the journal is on the disk. */
  boolean isThere(long position) {
    return places.isThere(position);
  }

  /** Whether a block of the file system is one of the journal's own. */
  boolean isOwn(long block) {
    return places.isJournal(block);
  }

  byte[] block(long position) throws IOException {
    return source.bytes(offset(position), blockBytes());
  }

  /** The control block at a position; null where there is none or where it cannot be read. */
  @Nullable ControlBlock control(long position) throws IOException {
    try {
      byte[] magic = source.bytes(offset(position), Integer.BYTES); // most blocks are none
      return ControlBlock.hasMagic(magic) ? ControlBlock.decode(position, block(position)) : null;
    } catch (CorruptDataException e) {
      return null; // a hole of the journal is told where it matters
    }
  }

  void read(long position, byte[] into, int blocks) throws IOException {
    source.read(offset(position), into, 0, blocks * blockBytes());
  }

  /** Reads part of a data block, its magic put back if it was escaped. */
  void read(long position, boolean escaped, int from, byte[] into, int offset, int length)
      throws IOException {
    source.read(offset(position) + from, into, offset, length);
    if (escaped && from < Integer.BYTES) {
      byte[] magic = ByteBuffer.allocate(Integer.BYTES).putInt(ControlBlock.MAGIC).array();
      System.arraycopy(magic, from, into, offset, Math.min(length, Integer.BYTES - from));
    }
  }

  /** Where a byte of a data block lies. */
  Extent extentAt(long position, int from) throws IOException {
    return source.extentAt(offset(position) + from);
  }

  /** The position after this one, going round at the log's end. */
  long after(long position) {
    long next = position + 1;
    return next >= superblock.endBlock() ? next - logBlocks() : next;
  }

  /** The position that many blocks behind this one; no more of them than the log has. */
  long after(long position, long blocks) {
    long next = position + blocks;
    return next >= superblock.endBlock() ? next - logBlocks() : next;
  }

  /** In bytes from the start of the journal. */
  long offset(long position) {
    return position * superblock.blockBytes();
  }

  boolean inLog(long position) {
    return position >= superblock.firstBlock() && position < superblock.endBlock();
  }
}
