package drydock.fs.ext4.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of a journal, without the blocks that it holds.
 *
 * @param sequence its number, modulo 2^32
 * @param journalBlock where its first control block lies
 * @param journalBlocks how many blocks of the log it takes
 * @param isCommitted whether it has a commit block
 * @param committed when; null when it never was, or does not say
 * @param copies how many blocks of the file system it holds
 * @param revoked how many blocks it makes earlier copies of void
 * @param sums whether the checksums of its control blocks fit; null where there are none
 */
public record Transaction(
    long sequence,
    long journalBlock,
    long journalBlocks,
    boolean isCommitted,
    @Nullable Instant committed,
    long copies,
    long revoked,
    @Nullable Boolean sums,
    State state) {

  /** What recovery does with a transaction. */
  public enum State {
    /** Recovery applies it. */
    APPLIED,
    /** It is in the log, but not committed, or damage keeps recovery from it. */
    NOT_APPLIED,
    /** Left over: its blocks reached their places before the log's start was moved behind it. */
    OLD
  }
}
