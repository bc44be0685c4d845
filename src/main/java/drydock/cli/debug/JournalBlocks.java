package drydock.cli.debug;

import drydock.fs.ext4.BlockOwner;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.journal.Copy;
import drydock.fs.ext4.journal.JournalLog;
import drydock.fs.ext4.journal.Transaction;
import drydock.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The copies of blocks in a journal, each with what the block is part of. Kept are the numbers of
 * the blocks, not the copies.
 *
 * @param only the one block that is asked for; null for all
 */
record JournalBlocks(
    JournalLog journal, Ext4Tree tree, @Nullable Long only, Map<Long, List<BlockOwner>> owners) {

  /** More different blocks than journals hold; the owners of further ones are not told. */
  private static final int MAX_BLOCKS = 1 << 20;

  static JournalBlocks of(JournalLog journal, Ext4Tree tree, @Nullable Long only)
      throws IOException {
    SortedSet<Long> blocks = new TreeSet<>();
    long end = tree.superblock().blocks();
    journal.visit(
        new JournalLog.Visitor() {
          @Override
          public void copy(Transaction transaction, Copy copy) {
            boolean isAsked = only == null || only == copy.block();
            boolean isBlock = copy.block() >= 0 && copy.block() < end;
            if (isAsked && isBlock && blocks.size() < MAX_BLOCKS) {
              blocks.add(copy.block());
            }
          }

          @Override
          public void revoked(Transaction transaction, long block) {}
        });
    long[] numbers = blocks.stream().mapToLong(Long::longValue).toArray();
    return new JournalBlocks(journal, tree, only, tree.records().owners(numbers));
  }

  void rows(Report.Rows<JournalRows.Copied> rows) throws IOException {
    journal.visit(
        new JournalLog.Visitor() {
          @Override
          public void copy(Transaction transaction, Copy copy) throws IOException {
            if (only == null || only == copy.block()) {
              rows.add(new JournalRows.Copied(transaction, copy, words(copy.block())));
            }
          }

          @Override
          public void revoked(Transaction transaction, long block) {}
        });
  }

  private List<String> words(long block) {
    return owners.getOrDefault(block, List.of()).stream().map(this::words).toList();
  }

  private String words(BlockOwner owner) {
    String role = owner.role().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    Long group = owner.group();
    if (owner.role() == BlockOwner.Role.INODE_TABLE) {
      int inBlock = tree.superblock().blockBytes() / tree.superblock().inodeBytes();
      long last = owner.inode() + inBlock - 1;
      return role + " of group " + group + ", inodes " + owner.inode() + " to " + last;
    }
    if (group != null) {
      return role + " of group " + group;
    }
    String where = owner.role().isMap() ? "" : ", block " + owner.position();
    String state = owner.deleted() ? " (deleted)" : "";
    return role + " of inode " + owner.inode() + state + where;
  }
}
