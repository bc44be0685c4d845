package drydock.fs.ext4.journal;

import java.util.List;

/**
 * Which blocks were revoked, and by which transaction last: older copies of them are not applied.
 */
final class Revokes implements CommittedLog.Visitor {
  private final LongTable sequences = new LongTable();
  private long entries;

  /**
   * Whether a copy logged by that transaction is void: the same or a later one revoked the block.
   */
  boolean revoked(long block, int sequence) {
    long by = sequences.get(block);
    return by != LongTable.ABSENT && sequence - (int) by <= 0;
  }

  /** How many entries there were, repeated ones counted. */
  long entries() {
    return entries;
  }

  @Override
  public void descriptor(ControlBlock block, List<BlockTag> tags, LogCursor cursor) {
    cursor.pass(tags.size());
  }

  @Override
  public void revoke(ControlBlock block, long[] revoked) {
    entries += revoked.length;
    for (long key : revoked) {
      long known = key < 0 ? LongTable.ABSENT : sequences.get(key);
      if (key >= 0 && (known == LongTable.ABSENT || block.sequence() - (int) known > 0)) {
        sequences.put(key, block.sequence() & 0xffff_ffffL);
      }
    }
  }

  @Override
  public void commit(ControlBlock block) {}
}
