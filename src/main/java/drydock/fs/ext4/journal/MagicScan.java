package drydock.fs.ext4.journal;

import java.io.IOException;

/**
 * Goes through the blocks of a log for those that begin as control blocks do, many read together.
 * Where they cannot be, each is left to who asks for it. For one thread.
 */
final class MagicScan {
  private static final int BYTES = 256 << 10;

  private final Journal journal;
  private final byte[] piece;
  private final int blocks;
  private long first;
  private int count;
  private boolean isRead;

  MagicScan(Journal journal) {
    this.journal = journal;
    this.blocks = Math.max(1, BYTES / journal.blockBytes());
    this.piece = new byte[blocks * journal.blockBytes()];
  }

  /** Whether a block begins with the magic, or cannot be read together with the next ones. */
  boolean maybeControl(long position) {
    if (position < first || position >= first + count) {
      load(position);
    }
    int at = (int) (position - first) * journal.blockBytes();
    return !isRead || ControlBlock.hasMagic(piece, at);
  }

  private void load(long position) {
    first = position;
    count = (int) Math.min(blocks, journal.superblock().endBlock() - position);
    try {
      journal.read(position, piece, count);
      isRead = true;
    } catch (IOException e) {
      isRead = false; // told by who asks for the one that is damaged
    }
  }
}
