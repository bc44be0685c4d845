package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All copies of blocks that lie in a journal's log, those of transactions that recovery has long
 * forgotten among them: the file system's past. Immutable; safe from many threads.
 *
 * <p>Every block of the log is asked whether it is a descriptor. What follows one counts only as
 * far as nothing newer was written over it: where the journal has checksums, a copy counts if its
 * own fits; else all of a descriptor's copies count if a control block of the same transaction
 * follows them.
 */
public final class OldCopies {
  /** A bound for memory: 24 MiB at most. What is more is left out: see {@link #hasMore}. */
  private static final int MAX_COPIES = 1 << 19;

  /**
   * A block of the file system as a transaction left it.
   *
   * @param sequence the transaction's number, modulo 2^32
   * @param journalBlock where the copy lies
   * @param escaped whether its first four bytes are put back when it is read
   */
  public record Copy(long block, int sequence, long journalBlock, boolean escaped) {}

  private final Journal journal;
  private final List<Copy> copies = new ArrayList<>();
  private boolean hasMore;

  private OldCopies(Journal journal) {
    this.journal = journal;
  }

  /**
   * Goes through the whole log.
   *
   * @throws drydock.bytes.CorruptDataException when the journal's superblock cannot be used
   */
  public static OldCopies scan(ByteSource journal, ReplayFacts facts) throws IOException {
    OldCopies found = new OldCopies(Journal.open(journal, facts));
    JournalSuperblock superblock = found.journal.superblock();
    MagicScan magics = new MagicScan(found.journal);
    for (long at = superblock.firstBlock(); at < superblock.endBlock(); at++) {
      ControlBlock block = magics.maybeControl(at) ? found.journal.control(at) : null;
      if (block != null && block.type() == ControlBlock.DESCRIPTOR) {
        found.add(block, facts);
      }
    }
    found.copies.sort(found::compare);
    return found;
  }

  private void add(ControlBlock descriptor, ReplayFacts facts) throws IOException {
    JournalSuperblock superblock = journal.superblock();
    if (!descriptor.tailFits(superblock, journal.checksums())) {
      return;
    }
    List<Copy> these = new ArrayList<>();
    long at = journal.after(descriptor.position());
    for (BlockTag tag : descriptor.tags(superblock)) {
      if (!journal.isThere(at)) {
        return;
      }
      byte[] data = journal.block(at);
      if (ControlBlock.hasMagic(data)) {
        break; // written later: what is escaped has no magic
      }
      boolean fits =
          !superblock.checksummed()
              || journal.checksums().fits(tag, data, 0, data.length, descriptor.sequence());
      if (fits && tag.block() >= 0 && tag.block() < facts.blocks()) {
        these.add(new Copy(tag.block(), descriptor.sequence(), at, tag.escaped()));
      }
      at = journal.after(at);
    }
    ControlBlock next = journal.control(at);
    boolean isWhole = next != null && next.sequence() == descriptor.sequence();
    boolean isBelieved = superblock.checksummed() || isWhole;
    boolean hasRoom = copies.size() + these.size() <= MAX_COPIES;
    if (isBelieved && hasRoom) {
      copies.addAll(these);
    }
    hasMore |= isBelieved && !hasRoom;
  }

  /** By block, and the newest first: numbers of transactions go round. */
  private int compare(Copy a, Copy b) {
    int order = Long.compare(a.block(), b.block());
    return order != 0 ? order : Integer.compare(age(a.sequence()), age(b.sequence()));
  }

  /** How many transactions ago, as the superblock counts; less than 0 for those in the log. */
  private int age(int sequence) {
    return journal.superblock().sequence() - sequence;
  }

  /** Whether there are more copies than are kept. */
  public boolean hasMore() {
    return hasMore;
  }

  /** All copies, by block. */
  public List<Copy> all() {
    return Collections.unmodifiableList(copies);
  }

  /** Whether there is any copy of a block. */
  public boolean has(long block) {
    int from = first(block);
    return from < copies.size() && copies.get(from).block() == block;
  }

  /** The copies of a block, the newest first. */
  public List<Copy> of(long block) {
    int from = first(block);
    int end = from;
    while (end < copies.size() && copies.get(end).block() == block) {
      end++;
    }
    return copies.subList(from, end);
  }

  /** The index of the first copy of a block, or where it would be. */
  private int first(long block) {
    int low = 0;
    int high = copies.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (copies.get(middle).block() < block) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Reads a part of a copy. */
  public void read(Copy copy, int from, byte[] into, int offset, int length) throws IOException {
    journal.read(copy.journalBlock(), copy.escaped(), from, into, offset, length);
  }

  /**
   * The file system with those blocks that the log has as they were after a transaction, and the
   * others as they are now.
   */
  public ByteSource after(int sequence, ByteSource fileSystem) {
    return new PastSource(fileSystem, this, journal.blockBytes(), sequence);
  }

  /** Whether a transaction is another one or earlier than that. */
  public boolean isUpTo(int sequence, int other) {
    return age(sequence) >= age(other);
  }
}
