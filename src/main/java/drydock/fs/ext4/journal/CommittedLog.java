package drydock.fs.ext4.journal;

import java.io.IOException;
import java.util.List;

/** The committed part of a log, gone through from its start as often as needed. */
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
        default -> {
          visitor.commit(block);
          sequence++;
        }
      }
    }
  }
}
