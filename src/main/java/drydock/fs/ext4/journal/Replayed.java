package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file system as its journal's recovery would leave it.
 *
 * @param fileSystem of the same size and origin as the one on the disk
 * @param superblock of the journal; null when it cannot be read
 * @param firstSequence the first transaction that was applied, if any was
 * @param endSequence the one after the last; both count modulo 2^32
 * @param transactions how many were applied
 * @param blocks of the file system that are replaced
 * @param copies how many copies of blocks the log held for them
 * @param revokedCopies copies that a revoke made void
 * @param fastCommits what is to be applied after that, by {@link FastCommits#replay}
 */
public record Replayed(
    ByteSource fileSystem,
    ReplayState state,
    @Nullable JournalSuperblock superblock,
    long firstSequence,
    long endSequence,
    long transactions,
    long blocks,
    long copies,
    long revokedCopies,
    @Nullable Instant firstCommit,
    @Nullable Instant lastCommit,
    FastCommitLog fastCommits) {

  static Replayed nothing(
      ByteSource fileSystem, ReplayState state, @Nullable JournalSuperblock superblock) {
    long next = superblock == null ? 0 : Integer.toUnsignedLong(superblock.sequence());
    return new Replayed(
        fileSystem, state, superblock, next, next, 0, 0, 0, 0, null, null, FastCommitLog.EMPTY);
  }

  /** In one line, for people: {@code "applied: 12 transactions (761 to 772), 80 blocks"}. */
  public String summary() {
    String applied =
        transactions
            + (transactions == 1 ? " transaction" : " transactions")
            + (transactions == 0
                ? ""
                : " (" + firstSequence + " to " + ((endSequence - 1) & 0xffff_ffffL) + ")")
            + ", "
            + blocks
            + (blocks == 1 ? " block" : " blocks")
            + (fastCommits.commits() == 0 ? "" : ", " + fastCommits.commits() + " fast");
    return switch (state) {
      case CLEAN -> "clean";
      case APPLIED -> "applied: " + applied;
      case DAMAGED -> "damaged, applied in part: " + applied;
      case UNREADABLE -> "unreadable, not applied";
    };
  }
}
