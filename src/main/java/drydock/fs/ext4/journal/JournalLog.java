package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies in a journal, transaction by transaction, for who looks at the format itself: the log
 * that recovery reads, and on request what is left over of older transactions.
 *
 * <p>Kept are the transactions, not their blocks: those are shown one by one, read again each time.
 */
public final class JournalLog {
  /** More than any log holds whose transactions have a few blocks each. */
  private static final int MAX_TRANSACTIONS = 1 << 18;

  /** Is shown what transactions hold, in the order in which it lies there. */
  public interface Visitor {
    void copy(Transaction transaction, Copy copy) throws IOException;

    /** A block of the file system whose copies in this and earlier transactions are void. */
    void revoked(Transaction transaction, long block) throws IOException;
  }

  private final Journal journal;
  private final Revokes revokes = new Revokes();
  private final FindingLog log;
  private List<Transaction> transactions = new ArrayList<>();
  private FastCommitLog fastCommits = FastCommitLog.EMPTY;

  private JournalLog(Journal journal, FindingLog log) {
    this.journal = journal;
    this.log = log;
  }

  /**
   * Reads the log from its start to where it ends, and what damage keeps recovery from.
   *
   * @param old whether all that is left over of earlier transactions is wanted as well
   * @throws CorruptDataException when the journal's superblock cannot be used
   */
  public static JournalLog read(ByteSource source, ReplayFacts facts, boolean old, FindingLog log)
      throws IOException {
    Journal opened = Journal.open(source, facts);
    JournalLog read = new JournalLog(opened, log);
    JournalSuperblock superblock = opened.superblock();
    boolean damaged = false;
    if (opened.inLog(superblock.startBlock())) {
      LogScan.End end = new LogScan(opened, log).end();
      damaged = end.damaged();
      new CommittedLog(opened, end.endSequence()).visit(read.revokes);
      read.follow(end.endSequence());
      read.fastCommits = JournalReplay.fastCommits(opened, end, facts, log);
    }
    if (old || damaged) {
      read.search(old);
    }
    return read;
  }

  public JournalSuperblock superblock() {
    return journal.superblock();
  }

  /** By their numbers; the last ones may not be committed. */
  public List<Transaction> transactions() {
    return List.copyOf(transactions);
  }

  /** What is in the fast commit area and counts. */
  public FastCommitLog fastCommits() {
    return fastCommits;
  }

  /** Shows what each transaction holds. */
  public void visit(Visitor visitor) throws IOException {
    TransactionReader reader = new TransactionReader(journal, revokes);
    for (Transaction each : transactions) {
      reader.show(each, visitor);
    }
  }

  /** The log as recovery goes through it, and one transaction more. */
  private void follow(int endSequence) throws IOException {
    TransactionReader reader = new TransactionReader(journal, revokes);
    long position = superblock().startBlock();
    int sequence = superblock().sequence();
    long left = journal.logBlocks();
    while (left > 0 && sequence - endSequence <= 0 && hasRoom()) {
      Transaction.State state =
          sequence - endSequence < 0 ? Transaction.State.APPLIED : Transaction.State.NOT_APPLIED;
      Transaction found = reader.read(position, sequence, state);
      if (found == null) {
        return;
      }
      transactions.add(found);
      position = journal.after(position, found.journalBlocks());
      left -= found.journalBlocks();
      sequence++;
    }
  }

  /** Looks at every block of the log for one that begins a transaction. */
  private void search(boolean old) throws IOException {
    Map<Long, Transaction> known = new HashMap<>();
    transactions.forEach(each -> known.put(each.journalBlock(), each));
    TransactionReader reader = new TransactionReader(journal, revokes);
    long end = superblock().endBlock();
    long position = superblock().firstBlock() + overlap(known);
    while (position < end && hasRoom()) {
      ControlBlock block = journal.control(position);
      Transaction at = known.get(position);
      if (at == null && block != null && block.isKnown()) {
        at = reader.read(position, block.sequence(), state(block.sequence()));
        if (at != null && (old || at.state() == Transaction.State.NOT_APPLIED)) {
          transactions.add(at);
        }
      }
      position += at == null ? 1 : at.journalBlocks();
    }
    removeTailOfWrapped(position - end);
    int first = superblock().sequence();
    transactions.sort(
        Comparator.comparingInt((Transaction each) -> (int) each.sequence() - first)
            .thenComparingLong(Transaction::journalBlock));
  }

  /** How many blocks at the start of the log belong to a known transaction that went round. */
  private long overlap(Map<Long, Transaction> known) {
    long overlap = 0;
    for (Transaction each : known.values()) {
      overlap =
          Math.max(overlap, each.journalBlock() + each.journalBlocks() - superblock().endBlock());
    }
    return overlap;
  }

  /** The end of a transaction that goes round was met first and looked like one of its own. */
  private void removeTailOfWrapped(long blocks) {
    long end = superblock().firstBlock() + blocks;
    transactions.removeIf(
        each -> each.state() == Transaction.State.OLD && each.journalBlock() < end);
  }

  private Transaction.State state(int sequence) {
    boolean started = superblock().startBlock() != 0;
    return started && sequence - superblock().sequence() >= 0
        ? Transaction.State.NOT_APPLIED
        : Transaction.State.OLD;
  }

  private boolean hasRoom() {
    if (transactions.size() == MAX_TRANSACTIONS) {
      String what = "the journal has more transactions than are listed";
      log.add(Finding.damage(journal.origin(), 0, what));
    }
    return transactions.size() <= MAX_TRANSACTIONS;
  }
}
