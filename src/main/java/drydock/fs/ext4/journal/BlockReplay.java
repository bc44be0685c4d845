package drydock.fs.ext4.journal;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes for each block of the file system which copy in the log replaces it: the last pass of
 * recovery.
 */
final class BlockReplay implements CommittedLog.Visitor {
  private static final int CHUNK_BYTES = 256 << 10;

  /** Seconds beyond year 9999 are no time of commit. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  private final Journal journal;
  private final long fileSystemBlocks;
  private final Revokes revokes;
  private final FindingLog log;
  private final LongTable replaced = new LongTable();
  private long transactions;
  private long copies;
  private long revokedCopies;
  private boolean damaged;
  private @Nullable Instant firstCommit;
  private @Nullable Instant lastCommit;

  BlockReplay(Journal journal, ReplayFacts facts, Revokes revokes, FindingLog log) {
    this.journal = journal;
    this.fileSystemBlocks = Math.min(facts.blocks(), Long.MAX_VALUE / facts.blockBytes());
    this.revokes = revokes;
    this.log = log;
  }

  @Override
  public void descriptor(ControlBlock block, List<BlockTag> tags, LogCursor cursor)
      throws IOException {
    int chunkBlocks = Math.max(1, CHUNK_BYTES / journal.blockBytes());
    for (int from = 0; from < tags.size(); from += chunkBlocks) {
      chunk(
          block.sequence(), tags.subList(from, Math.min(tags.size(), from + chunkBlocks)), cursor);
    }
  }

  /** Applies tags whose data blocks fit in one read, if they need be read at all. */
  private void chunk(int sequence, List<BlockTag> tags, LogCursor cursor) throws IOException {
    long[] positions = new long[tags.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = cursor.pass();
    }
    boolean[] lost = new boolean[tags.size()];
    byte[] data = journal.superblock().checksummed() ? read(positions, lost) : new byte[0];
    for (int i = 0; i < positions.length; i++) {
      BlockTag tag = tags.get(i);
      if (tag.block() >= 0 && revokes.revoked(tag.block(), sequence)) {
        revokedCopies++;
      } else if (lost[i] || !journal.isThere(positions[i])) {
        damage(positions[i], "a block of the journal cannot be read; it is not applied", tag);
      } else {
        apply(sequence, tag, positions[i], data, i * journal.blockBytes());
      }
    }
  }

  /** Data blocks, one after the other; which of them cannot be read is noted in {@code lost}. */
  private byte[] read(long[] positions, boolean[] lost) throws IOException {
    int blockBytes = journal.blockBytes();
    byte[] data = new byte[positions.length * blockBytes];
    int last = positions.length - 1;
    if (positions[last] - positions[0] == last) {
      try {
        journal.read(positions[0], data, positions.length);
        return data;
      } catch (CorruptDataException e) {
        // one of them cannot be read: below each is asked for by itself
        Arrays.fill(data, (byte) 0);
      }
    }
    for (int i = 0; i < positions.length; i++) {
      try {
        System.arraycopy(journal.block(positions[i]), 0, data, i * blockBytes, blockBytes);
      } catch (CorruptDataException e) {
        lost[i] = true;
      }
    }
    return data;
  }

  private void apply(int sequence, BlockTag tag, long position, byte[] data, int offset) {
    if (data.length > 0
        && !journal.checksums().fits(tag, data, offset, journal.blockBytes(), sequence)) {
      damage(position, "the checksum of a block in the journal is wrong; it is not applied", tag);
      return;
    }
    if (tag.block() < 0 || tag.block() >= fileSystemBlocks) {
      damage(
          position, "the journal has a block for a place beyond the end of the file system", tag);
      return;
    }
    if (journal.isOwn(tag.block())) {
      tell(position, "the journal has a block for a place in the journal itself", tag);
    }
    replaced.put(tag.block(), PatchedSource.place(position, tag.escaped()));
    copies++;
  }

  private void damage(long position, String what, BlockTag tag) {
    damaged = true;
    tell(position, what, tag);
  }

  private void tell(long position, String what, BlockTag tag) {
    log.add(
        Finding.damage(
            journal.origin(),
            journal.offset(position),
            what,
            "block " + Long.toUnsignedString(tag.block()),
            "a block below " + fileSystemBlocks));
  }

  @Override
  public void revoke(ControlBlock block, long[] revoked) {}

  @Override
  public void commit(ControlBlock block) {
    transactions++;
    lastCommit = time(block);
    firstCommit = firstCommit == null ? lastCommit : firstCommit;
  }

  /** When a transaction was committed; null when it does not say, or what cannot be. */
  static @Nullable Instant time(ControlBlock block) {
    long seconds = block.commitSeconds();
    boolean plausible =
        seconds > 0 && seconds <= MAX_SECONDS && block.commitNanos() < 1_000_000_000;
    return plausible ? Instant.ofEpochSecond(seconds, block.commitNanos()) : null;
  }

  LongTable replaced() {
    return replaced;
  }

  long transactions() {
    return transactions;
  }

  long copies() {
    return copies;
  }

  long revokedCopies() {
    return revokedCopies;
  }

  boolean damaged() {
    return damaged;
  }

  @Nullable Instant firstCommit() {
    return firstCommit;
  }

  @Nullable Instant lastCommit() {
    return lastCommit;
  }
}
