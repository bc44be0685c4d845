package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a journal's log, transaction by transaction, for who looks at the format itself.
 *
 * @param transactions from the log's start on; the last one may not be committed
 * @param fastCommits what is in the fast commit area and counts
 */
public record JournalLog(
    JournalSuperblock superblock, List<Transaction> transactions, FastCommitLog fastCommits) {

  /**
   * One transaction.
   *
   * @param sequence its number, modulo 2^32
   * @param journalBlock where its first control block lies
   * @param committed when; null when it never was, or does not say
   * @param revoked blocks of the file system whose copies in this and earlier transactions are void
   * @param applied whether recovery applies it
   */
  public record Transaction(
      long sequence,
      long journalBlock,
      @Nullable Instant committed,
      List<Copy> copies,
      List<Long> revoked,
      boolean applied) {}

  /**
   * A block of the file system as a transaction left it.
   *
   * @param block of the file system
   * @param journalBlock where the copy lies
   * @param escaped whether its first four bytes are put back when it is read
   * @param revoked whether a revoke makes it void
   */
  public record Copy(long block, long journalBlock, boolean escaped, boolean revoked) {}

  /**
   * Reads the log from its start to where it ends.
   *
   * @throws CorruptDataException when the journal's superblock cannot be used
   */
  public static JournalLog read(ByteSource journal, ReplayFacts facts, FindingLog log)
      throws IOException {
    Journal opened = Journal.open(journal, facts);
    JournalSuperblock superblock = opened.superblock();
    if (!opened.inLog(superblock.startBlock())) {
      return new JournalLog(superblock, List.of(), FastCommitLog.EMPTY);
    }
    LogScan.End end = new LogScan(opened, log).end();
    Revokes revokes = new Revokes();
    new CommittedLog(opened, end.endSequence()).visit(revokes);
    Lister lister = new Lister(revokes, end.endSequence());
    new CommittedLog(opened, end.endSequence() + 1).visit(lister);
    return new JournalLog(
        superblock, lister.finish(), JournalReplay.fastCommits(opened, end, facts, log));
  }

  /** Collects transactions; one more than is applied is looked at. */
  private static final class Lister implements CommittedLog.Visitor {
    private final Revokes revokes;
    private final int endSequence;
    private final List<Transaction> transactions = new ArrayList<>();
    private List<Copy> copies = new ArrayList<>();
    private List<Long> revoked = new ArrayList<>();
    private @Nullable ControlBlock first;

    Lister(Revokes revokes, int endSequence) {
      this.revokes = revokes;
      this.endSequence = endSequence;
    }

    @Override
    public void descriptor(ControlBlock block, List<BlockTag> tags, LogCursor cursor) {
      begin(block);
      for (BlockTag tag : tags) {
        boolean isVoid = tag.block() >= 0 && revokes.revoked(tag.block(), block.sequence());
        copies.add(new Copy(tag.block(), cursor.pass(), tag.escaped(), isVoid));
      }
    }

    @Override
    public void revoke(ControlBlock block, long[] blocks) {
      begin(block);
      for (long each : blocks) {
        revoked.add(each);
      }
    }

    @Override
    public void commit(ControlBlock block) {
      begin(block);
      end(BlockReplay.time(block));
    }

    private void begin(ControlBlock block) {
      first = first == null ? block : first;
    }

    private void end(@Nullable Instant committed) {
      if (first != null) {
        transactions.add(
            new Transaction(
                Integer.toUnsignedLong(first.sequence()),
                first.position(),
                committed,
                List.copyOf(copies),
                List.copyOf(revoked),
                first.sequence() - endSequence < 0));
      }
      first = null;
      copies = new ArrayList<>();
      revoked = new ArrayList<>();
    }

    List<Transaction> finish() {
      end(null);
      return List.copyOf(transactions);
    }
  }
}
