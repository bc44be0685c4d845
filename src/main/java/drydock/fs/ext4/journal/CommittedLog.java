package drydock.fs.ext4.journal;

import java.io.IOException;
import java.util.List;

/**
 * A log from its start to before one of its transactions, gone through as often as needed; what was
 * not committed ends where its control blocks do.
 */
final class CommittedLog {
  /** Who is told what the log holds, in its order. */
  interface Visitor {
    /**
     * Data blocks follow one another from {@code cursor} on; the visitor passes each tag's block.
     */
    void descriptor(ControlBlock block, List<BlockTag> tags, LogCursor cursor) throws IOException;

    void revoke(ControlBlock block, long[] revoked) throws IOException;

    void commit(ControlBlock block) throws IOException;
  }

  private final Journal journal;
  private final int endSequence;

  CommittedLog(Journal journal, int endSequence) {
    this.journal = journal;
    this.endSequence = endSequence;
  }

  void visit(Visitor visitor) throws IOException {
    JournalSuperblock superblock = journal.superblock();
    LogCursor cursor = new LogCursor(journal);
    int sequence = superblock.sequence();
    while (sequence - endSequence < 0) {
      ControlBlock block = cursor.next(sequence);
      if (block == null) {
        return;
      }
      switch (block.type()) {
        case ControlBlock.DESCRIPTOR -> visitor.descriptor(block, block.tags(superblock), cursor);
        case ControlBlock.REVOKE -> visitor.revoke(block, block.revoked(superblock));
        case ControlBlock.COMMIT -> {
          visitor.commit(block);
          sequence++;
        }
        default -> {
          return;
        }
      }
    }
  }
}
