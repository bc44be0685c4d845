package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;

/**
 * Recovers a journal in memory: what the kernel would write is laid over the file system instead.
 *
 * <p>Whatever the journal's size, 32 bytes are kept for each block that it replaces. Damage in it
 * is findings; where the kernel would refuse to mount, what was committed before the damage is
 * applied.
 */
public final class JournalReplay {
  private JournalReplay() {}

  /**
   * Recovers the journal of a file system.
   *
   * @param journal the journal's blocks, as the journal inode maps them on the unrecovered disk
   * @throws IOException when the evidence itself cannot be read
   */
  public static Replayed apply(
      ByteSource fileSystem, ByteSource journal, ReplayFacts facts, FindingLog log)
      throws IOException {
    Journal opened;
    try {
      opened = Journal.open(journal, facts);
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
      return Replayed.nothing(fileSystem, ReplayState.UNREADABLE, null);
    }
    JournalSuperblock superblock = opened.superblock();
    noteError(opened, log);
    if (superblock.startBlock() == 0) {
      return Replayed.nothing(fileSystem, ReplayState.CLEAN, superblock);
    }
    if (!opened.inLog(superblock.startBlock())) {
      log.add(
          Finding.damage(
              journal.origin(),
              0x1c,
              "the journal's log starts outside of it",
              "block " + superblock.startBlock(),
              "a block from " + superblock.firstBlock() + " to " + (superblock.endBlock() - 1)));
      return Replayed.nothing(fileSystem, ReplayState.DAMAGED, superblock);
    }
    return recover(fileSystem, opened, facts, log);
  }

  /**
   * Reads a journal's superblock and checks it, whether or not there is anything to recover.
   *
   * @throws CorruptDataException when nothing could be recovered from it
   */
  public static void check(ByteSource journal, ReplayFacts facts) throws IOException {
    Journal.open(journal, facts);
  }

  private static Replayed recover(
      ByteSource fileSystem, Journal journal, ReplayFacts facts, FindingLog log)
      throws IOException {
    LogScan.End end = new LogScan(journal, log).end();
    CommittedLog committed = new CommittedLog(journal, end.endSequence());
    Revokes revokes = new Revokes();
    committed.visit(revokes);
    BlockReplay replay = new BlockReplay(journal, facts, revokes, log);
    committed.visit(replay);
    boolean damaged = end.damaged() || replay.damaged();
    return new Replayed(
        new PatchedSource(fileSystem, journal, replay.replaced()),
        damaged ? ReplayState.DAMAGED : ReplayState.APPLIED,
        journal.superblock(),
        Integer.toUnsignedLong(journal.superblock().sequence()),
        Integer.toUnsignedLong(end.endSequence()),
        replay.transactions(),
        replay.replaced().size(),
        replay.copies(),
        replay.revokedCopies(),
        replay.firstCommit(),
        replay.lastCommit(),
        fastCommits(journal, end, facts, log));
  }

  static FastCommitLog fastCommits(
      Journal journal, LogScan.End end, ReplayFacts facts, FindingLog log) throws IOException {
    if (end.damaged() || !journal.superblock().has(JournalFeature.FAST_COMMIT)) {
      return FastCommitLog.EMPTY;
    }
    return new FastCommitScan(journal, facts, end.endSequence(), log).read();
  }

  private static void noteError(Journal journal, FindingLog log) {
    int error = journal.superblock().error();
    if (error != 0) {
      log.add(
          Finding.note(
              journal.origin(),
              "the journal records that the file system stopped itself with error " + error));
    }
  }
}
