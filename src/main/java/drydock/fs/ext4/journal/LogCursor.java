package drydock.fs.ext4.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A place in the log that moves forward, block by block, and goes round at the log's end, once at
 * most: a log whose end cannot be found ends where it began.
 */
final class LogCursor {
  private final Journal journal;
  private long position;
  private long left;

  /** At the log's start. */
  LogCursor(Journal journal) {
    this.journal = journal;
    this.position = journal.superblock().startBlock();
    this.left = journal.logBlocks();
  }

  /** At any place of the log. */
  LogCursor(Journal journal, long position) {
    this.journal = journal;
    this.position = position;
    this.left = journal.logBlocks();
  }

  /** How many blocks were passed. */
  long passed() {
    return journal.logBlocks() - left;
  }

  long position() {
    return position;
  }

  /** Whether every block of the log was passed. */
  boolean exhausted() {
    return left <= 0;
  }

  /**
   * The control block here, passed over; null, and nothing passed, if there is none of that
   * transaction.
   */
  @Nullable ControlBlock next(int sequence) throws IOException {
    if (exhausted()) {
      return null;
    }
    byte[] raw = journal.block(position);
    if (!ControlBlock.hasMagic(raw)) {
      return null;
    }
    ControlBlock block = ControlBlock.decode(position, raw);
    if (block.sequence() != sequence) {
      return null;
    }
    pass();
    return block;
  }

  /** Passes a data block and gives its position. */
  long pass() {
    long passed = position;
    position = journal.after(position);
    left--;
    return passed;
  }

  /** Passes that many data blocks. */
  void pass(int blocks) {
    for (int i = 0; i < blocks; i++) {
      pass();
    }
  }
}
