package drydock.fs.ext4.journal;

import drydock.bytes.CorruptDataException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single transactions, wherever they lie in the log. For one thread. */
final class TransactionReader {
  private static final int ALL_ONES = ~0;

  private final Journal journal;
  private final JournalSuperblock superblock;
  private final Revokes revokes;
  private LogCursor cursor;

  TransactionReader(Journal journal, Revokes revokes) {
    this.journal = journal;
    this.superblock = journal.superblock();
    this.revokes = revokes;
    this.cursor = new LogCursor(journal);
  }

  /** What is counted while a transaction is gone through. */
  private static final class Count {
    private long copies;
    private long revoked;
    private boolean isCommitted;
    private boolean sumsFit = true;
    private int version1 = ALL_ONES;
    private @Nullable Instant committed;
  }

  /** The transaction of a number that begins at a position; null when none does. */
  @Nullable Transaction read(long position, int sequence, Transaction.State state)
      throws IOException {
    cursor = new LogCursor(journal, position);
    Count count = new Count();
    ControlBlock block = next(sequence);
    while (block != null && !count.isCommitted) {
      boolean whole = add(block, count, state);
      block = whole && !count.isCommitted ? next(sequence) : null;
    }
    long passed = cursor.passed();
    if (passed == 0) {
      return null;
    }
    boolean summed = superblock.checksummed() || superblock.has(JournalFeature.CHECKSUM_V1);
    return new Transaction(
        Integer.toUnsignedLong(sequence),
        position,
        passed,
        count.isCommitted,
        count.committed,
        count.copies,
        count.revoked,
        summed ? count.sumsFit : null,
        state);
  }

  private @Nullable ControlBlock next(int sequence) throws IOException {
    ControlBlock here = cursor.exhausted() ? null : journal.control(cursor.position());
    if (here == null || here.sequence() != sequence || !here.isKnown()) {
      return null;
    }
    cursor.pass();
    return here;
  }

  /** Counts a block; false when what follows is not of this transaction any more. */
  private boolean add(ControlBlock block, Count count, Transaction.State state) throws IOException {
    switch (block.type()) {
      case ControlBlock.DESCRIPTOR -> {
        count.sumsFit &= block.tailFits(superblock, journal.checksums());
        return passData(block, count, state);
      }
      case ControlBlock.REVOKE -> {
        count.sumsFit &= block.tailFits(superblock, journal.checksums());
        count.revoked += block.revoked(superblock).length;
      }
      default -> {
        count.isCommitted = true;
        count.committed = BlockReplay.time(block);
        count.sumsFit &=
            superblock.has(JournalFeature.CHECKSUM_V1)
                ? block.commitFitsVersion1(count.version1)
                : block.commitFits(superblock, journal.checksums());
      }
    }
    return true;
  }

  /**
   * Passes the blocks behind a descriptor. In what is left over, a control block among them was
   * written later: from there on the descriptor's blocks are gone.
   */
  private boolean passData(ControlBlock block, Count count, Transaction.State state)
      throws IOException {
    boolean summed = superblock.has(JournalFeature.CHECKSUM_V1);
    if (summed) {
      count.version1 = Checksums.bigEndian(count.version1, block.raw());
    }
    for (int left = block.tags(superblock).size(); left > 0; left--) {
      if (cursor.exhausted() || isOverwritten(state)) {
        return false;
      }
      if (summed && journal.isThere(cursor.position())) {
        count.version1 = Checksums.bigEndian(count.version1, journal.block(cursor.position()));
      }
      cursor.pass();
      count.copies++;
    }
    return true;
  }

  private boolean isOverwritten(Transaction.State state) throws IOException {
    return state == Transaction.State.OLD && journal.control(cursor.position()) != null;
  }

  /** Shows what a transaction holds that was read before. */
  void show(Transaction transaction, JournalLog.Visitor visitor) throws IOException {
    int sequence = (int) transaction.sequence();
    cursor = new LogCursor(journal, transaction.journalBlock());
    long copies = transaction.copies();
    while (cursor.passed() < transaction.journalBlocks()) {
      ControlBlock block = next(sequence);
      if (block == null) {
        return;
      }
      if (block.type() == ControlBlock.DESCRIPTOR) {
        List<BlockTag> tags = block.tags(superblock);
        for (int i = 0; i < tags.size() && copies > 0; i++, copies--) {
          visitor.copy(transaction, copy(transaction, tags.get(i), cursor.pass()));
        }
      } else if (block.type() == ControlBlock.REVOKE) {
        for (long revoked : block.revoked(superblock)) {
          visitor.revoked(transaction, revoked);
        }
      }
    }
  }

  private Copy copy(Transaction transaction, BlockTag tag, long position) throws IOException {
    int sequence = (int) transaction.sequence();
    boolean isVoid =
        transaction.state() == Transaction.State.APPLIED
            && tag.block() >= 0
            && revokes.revoked(tag.block(), sequence);
    Integer computed = null;
    if (superblock.checksummed()) {
      try {
        byte[] data = journal.block(position);
        computed = journal.checksums().ofData(data, 0, data.length, sequence);
      } catch (CorruptDataException e) {
        computed = null; // not on the disk; the journal's holes are told once
      }
    }
    return new Copy(
        tag.block(),
        position,
        tag.escaped(),
        isVoid,
        superblock.checksummed() ? (Integer) tag.checksum() : null,
        computed);
  }
}
