package drydock.fs.ext4.journal;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the end of the log, as the first pass of recovery does: transaction after transaction, as
 * long as each has a commit block in its place and all checksums fit.
 *
 * <p>A control block that does not fit is damage if its transaction was committed after the one
 * before it; if it was committed earlier, it is left over from an older use of these blocks and the
 * log simply ended. For one thread; once.
 */
final class LogScan {
  private static final int ALL_ONES = ~0;
  private static final long NONE = -1;

  /** How far behind the end a lost block is looked for: most transactions are far smaller. */
  private static final int SEARCHED_BYTES = 1 << 20;

  private static final int MAX_AHEAD = 1 << 10;

  /**
   * Where the log ends.
   *
   * @param endSequence the transaction after the last one that counts
   * @param damaged whether there was more, and it is damaged
   */
  record End(int endSequence, boolean damaged) {}

  private final Journal journal;
  private final JournalSuperblock superblock;
  private final FindingLog log;
  private final LogCursor cursor;
  private int sequence;
  private boolean open;
  private int openBlocks;
  private long openPosition;
  private long wrongPosition = NONE;
  private long lastCommitSeconds;
  private int checksumV1 = ALL_ONES;

  LogScan(Journal journal, FindingLog log) {
    this.journal = journal;
    this.superblock = journal.superblock();
    this.log = log;
    this.cursor = new LogCursor(journal);
    this.sequence = superblock.sequence();
  }

  End end() throws IOException {
    try {
      End end = null;
      while (end == null) {
        ControlBlock block = cursor.next(sequence);
        end = block == null ? endWithoutBlock() : end(block);
      }
      return end;
    } catch (CorruptDataException e) {
      return damage(cursor.position(), "a block of the journal cannot be read", e.what(), null);
    }
  }

  /** What a control block of the expected transaction means; null to go on. */
  private @Nullable End end(ControlBlock block) throws IOException {
    if (block.type() == ControlBlock.COMMIT) {
      return commit(block);
    }
    if (!open) {
      open = true;
      openPosition = block.position();
    }
    return switch (block.type()) {
      case ControlBlock.DESCRIPTOR -> descriptor(block);
      case ControlBlock.REVOKE -> revoke(block);
      default ->
          damage(
              block.position(),
              "a block of the log is of an unknown type",
              "type " + block.type(),
              "1, 2 or 5");
    };
  }

  private @Nullable End descriptor(ControlBlock block) throws IOException {
    checkTail(block);
    List<BlockTag> tags = block.tags(superblock);
    openBlocks += tags.size();
    if (!superblock.has(JournalFeature.CHECKSUM_V1)) {
      cursor.pass(tags.size());
      return null;
    }
    checksumV1 = Checksums.bigEndian(checksumV1, block.raw());
    for (int i = 0; i < tags.size() && !cursor.exhausted(); i++) {
      checksumV1 = Checksums.bigEndian(checksumV1, journal.block(cursor.pass()));
    }
    return null;
  }

  private @Nullable End revoke(ControlBlock block) throws IOException {
    checkTail(block);
    if (block.revokeCountFits(superblock)) {
      return null;
    }
    return damage(
        block.position(),
        "a revoke block claims more than fits in it",
        block.revokeBytes() + " bytes",
        "at most " + block.raw().length);
  }

  private void checkTail(ControlBlock block) {
    if (wrongPosition == NONE && !block.tailFits(superblock, journal.checksums())) {
      wrongPosition = block.position();
    }
  }

  private @Nullable End commit(ControlBlock block) throws IOException {
    boolean older = Long.compareUnsigned(block.commitSeconds(), lastCommitSeconds) < 0;
    if (wrongPosition != NONE) {
      return older
          ? new End(sequence, false)
          : damage(
              wrongPosition, "the checksum of a control block in the journal is wrong", null, null);
    }
    boolean fits =
        superblock.has(JournalFeature.CHECKSUM_V1)
            ? block.commitFitsVersion1(checksumV1)
            : block.commitFits(superblock, journal.checksums());
    if (!fits) {
      return older ? new End(sequence, false) : wrongCommit(block);
    }
    lastCommitSeconds = block.commitSeconds();
    sequence++;
    open = false;
    openBlocks = 0;
    checksumV1 = ALL_ONES;
    return null;
  }

  /**
   * A commit block that does not fit. With asynchronous commits that is how an interrupted commit
   * looks, unless another transaction follows.
   */
  private End wrongCommit(ControlBlock block) throws IOException {
    if (superblock.has(JournalFeature.ASYNC_COMMIT) && cursor.next(sequence + 1) == null) {
      note(
          block.position(),
          "the commit of the journal's last transaction was interrupted; it is not applied");
      return new End(sequence, false);
    }
    return damage(
        block.position(), "the checksum of a commit block in the journal is wrong", null, null);
  }

  private End endWithoutBlock() throws IOException {
    long end = cursor.position();
    if (cursor.exhausted()) {
      return open
          ? damage(
              openPosition, "a transaction in the journal goes round the whole log", null, null)
          : new End(sequence, false);
    }
    ControlBlock later = laterCommit();
    if (later != null) {
      String what = "a control block of the journal is lost: behind it transaction ";
      String number = Integer.toUnsignedString(later.sequence());
      return damage(open ? openPosition : end, what + number + " is committed", null, null);
    }
    if (!open) {
      return new End(sequence, false);
    }
    note(
        openPosition,
        "the journal's last transaction was never committed; it is not applied ("
            + openBlocks
            + (openBlocks == 1 ? " block)" : " blocks)"));
    return new End(sequence, false);
  }

  /**
   * A commit block not far behind the end that is not left over from an older use of these blocks:
   * it is not reached only because a block before it is lost. An asynchronous commit may well reach
   * the disk before the blocks that it commits.
   */
  private @Nullable ControlBlock laterCommit() throws IOException {
    int from = superblock.has(JournalFeature.ASYNC_COMMIT) ? 1 : 0;
    int blocks = Math.max(1, SEARCHED_BYTES / journal.blockBytes());
    for (int i = 0; i < blocks && !cursor.exhausted(); i++) {
      long position = cursor.pass();
      ControlBlock block = journal.control(position);
      if (block == null) {
        continue;
      }
      int ahead = block.sequence() - sequence;
      if (block.type() == ControlBlock.COMMIT
          && ahead >= from
          && ahead < MAX_AHEAD
          && Long.compareUnsigned(block.commitSeconds(), lastCommitSeconds) >= 0
          && block.commitFits(superblock, journal.checksums())) {
        return block;
      }
    }
    return null;
  }

  private void note(long position, String what) {
    log.add(
        new Finding(
            Severity.NOTE, what, journal.origin(), journal.offset(position), number(), null));
  }

  private End damage(long position, String what, @Nullable String found, @Nullable String expected)
      throws IOException {
    LostLog lost = LostLog.behind(journal, open ? openPosition : position, sequence);
    log.add(
        new Finding(
            Severity.DAMAGE,
            what + "; this transaction and later ones are not applied: " + lost,
            journal.origin(),
            journal.offset(position),
            found == null ? number() : found + " in " + number(),
            expected));
    return new End(sequence, true);
  }

  private String number() {
    return "transaction " + Integer.toUnsignedString(sequence);
  }
}
