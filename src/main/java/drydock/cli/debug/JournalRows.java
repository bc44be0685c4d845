package drydock.cli.debug;

import drydock.fs.ext4.journal.Copy;
import drydock.fs.ext4.journal.FastCommitRecord;
import drydock.fs.ext4.journal.Transaction;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists that 'debug journal' shows. */
final class JournalRows {
  private JournalRows() {}

  /**
   * A copy of a block, with the transaction that it is part of.
   *
   * @param owners what the block is part of now, in words
   */
  record Copied(Transaction transaction, Copy copy, List<String> owners) {}

  /** A block whose earlier copies a transaction makes void. */
  record Revoked(Transaction transaction, long block) {}

  /** A change that a fast commit holds, with its place in the order. */
  record Fast(int number, FastCommitRecord record) {}

  static final Report<Transaction> TRANSACTIONS =
      new Report<>(
          List.of(
              Column.of("sequence", t -> Value.of(t.sequence())),
              Column.of("state", t -> Value.of(JournalPicture.state(t))),
              Column.of("journal_block", t -> Value.of(t.journalBlock())),
              Column.of("journal_blocks", t -> Value.of(t.journalBlocks())),
              Column.of("is_committed", t -> Value.of(t.isCommitted())),
              Column.of("committed", t -> Value.of(t.committed())),
              Column.of("applied", t -> Value.of(t.state() == Transaction.State.APPLIED)),
              Column.of("blocks", t -> Value.of(t.copies())),
              Column.of("revoked", t -> Value.of(t.revoked())),
              Column.of("checksums_fit", t -> Value.of(t.sums()))),
          List.of(
              "sequence",
              "state",
              "journal_block",
              "committed",
              "blocks",
              "revoked",
              "checksums_fit"));

  static final Report<Copied> BLOCKS =
      new Report<>(
          List.of(
              Column.of("sequence", c -> Value.of(c.transaction().sequence())),
              Column.of("state", c -> Value.of(JournalPicture.state(c.transaction()))),
              Column.of("committed", c -> Value.of(c.transaction().committed())),
              Column.of("block", c -> Value.of(c.copy().block())),
              Column.of("journal_block", c -> Value.of(c.copy().journalBlock())),
              Column.of("escaped", c -> Value.of(c.copy().escaped())),
              Column.of("revoked", c -> Value.of(c.copy().revoked())),
              Column.of(
                  "applied", c -> Value.of(c.transaction().state() == Transaction.State.APPLIED)),
              Column.of("checksum", c -> hex(c.copy().stored())),
              Column.of("checksum_computed", c -> hex(c.copy().computed())),
              Column.of("checksum_fits", c -> fits(c.copy())),
              Column.of("owners", c -> Value.of(c.owners()))),
          List.of("sequence", "state", "block", "journal_block", "escaped", "revoked", "owners"));

  static final Report<Revoked> REVOKES =
      new Report<>(
          List.of(
              Column.of("sequence", r -> Value.of(r.transaction().sequence())),
              Column.of("state", r -> Value.of(JournalPicture.state(r.transaction()))),
              Column.of("committed", r -> Value.of(r.transaction().committed())),
              Column.of("block", r -> Value.of(r.block()))),
          List.of("sequence", "state", "committed", "block"));

  static final Report<Fast> FAST_COMMITS =
      new Report<>(
          List.of(
              Column.of("number", f -> Value.of(f.number())),
              Column.of("change", f -> Value.of(change(f.record()))),
              Column.of("inode", f -> Value.of(f.record().inode())),
              Column.of("directory", f -> directory(f.record())),
              Column.of("name", f -> name(f.record())),
              Column.of("file_block", f -> fileBlock(f.record())),
              Column.of("blocks", f -> blocks(f.record())),
              Column.of("disk_block", f -> diskBlock(f.record())),
              Column.of("bytes", f -> bytes(f.record()))),
          List.of(
              "number",
              "change",
              "inode",
              "directory",
              "name",
              "file_block",
              "blocks",
              "disk_block"));

  private static @Nullable Value hex(@Nullable Integer sum) {
    return sum == null ? null : Value.of(InodePicture.hex(sum, Integer.SIZE));
  }

  private static @Nullable Value fits(Copy copy) {
    Integer stored = copy.stored();
    return stored == null ? null : Value.of(stored.equals(copy.computed()));
  }

  private static String change(FastCommitRecord record) {
    if (record instanceof FastCommitRecord.RangeAdded added) {
      return added.range().written() ? "blocks_added" : "unwritten_blocks_added";
    }
    if (record instanceof FastCommitRecord.RangeRemoved) {
      return "blocks_removed";
    }
    if (record instanceof FastCommitRecord.InodeWritten) {
      return "inode_written";
    }
    if (record instanceof FastCommitRecord.Created) {
      return "created";
    }
    return record instanceof FastCommitRecord.Linked ? "linked" : "unlinked";
  }

  private static @Nullable Value directory(FastCommitRecord record) {
    if (record instanceof FastCommitRecord.Created created) {
      return Value.of(created.directory());
    }
    if (record instanceof FastCommitRecord.Linked linked) {
      return Value.of(linked.directory());
    }
    return record instanceof FastCommitRecord.Unlinked gone ? Value.of(gone.directory()) : null;
  }

  private static @Nullable Value name(FastCommitRecord record) {
    if (record instanceof FastCommitRecord.Created created) {
      return new Value.Bytes(created.name().bytes());
    }
    if (record instanceof FastCommitRecord.Linked linked) {
      return new Value.Bytes(linked.name().bytes());
    }
    return record instanceof FastCommitRecord.Unlinked gone
        ? new Value.Bytes(gone.name().bytes())
        : null;
  }

  private static @Nullable Value fileBlock(FastCommitRecord record) {
    if (record instanceof FastCommitRecord.RangeAdded added) {
      return Value.of(added.range().first());
    }
    return record instanceof FastCommitRecord.RangeRemoved gone ? Value.of(gone.first()) : null;
  }

  private static @Nullable Value blocks(FastCommitRecord record) {
    if (record instanceof FastCommitRecord.RangeAdded added) {
      return Value.of(added.range().count());
    }
    return record instanceof FastCommitRecord.RangeRemoved gone ? Value.of(gone.count()) : null;
  }

  private static @Nullable Value diskBlock(FastCommitRecord record) {
    return record instanceof FastCommitRecord.RangeAdded added
        ? Value.of(added.range().block())
        : null;
  }

  private static @Nullable Value bytes(FastCommitRecord record) {
    return record instanceof FastCommitRecord.InodeWritten written
        ? Value.of(written.raw().length)
        : null;
  }
}
