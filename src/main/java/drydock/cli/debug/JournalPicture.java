package drydock.cli.debug;

import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import drydock.fs.ext4.Ext4Records;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.journal.Copy;
import drydock.fs.ext4.journal.JournalLog;
import drydock.fs.ext4.journal.Transaction;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the blocks of a journal hold, in words. */
final class JournalPicture {
  private JournalPicture() {}

  /** For blocks of the journal, those that are part of a transaction, old ones included. */
  static Map<Long, String> contents(Ext4Tree tree, Set<Long> journalBlocks, FindingLog log)
      throws IOException {
    Map<Long, String> contents = new HashMap<>();
    if (journalBlocks.isEmpty()) {
      return contents;
    }
    try {
      Ext4Records.JournalFile file = tree.records().journal();
      JournalLog journal = JournalLog.read(file.source(), file.facts(), true, log);
      for (Transaction each : journal.transactions()) {
        long block = each.journalBlock();
        for (long left = each.journalBlocks(); left > 0; left--) {
          if (journalBlocks.contains(block)) {
            contents.put(block, "control block of " + name(each));
          }
          block++;
          block = block == journal.superblock().endBlock() ? firstBlock(journal) : block;
        }
      }
      journal.visit(
          new JournalLog.Visitor() {
            @Override
            public void copy(Transaction transaction, Copy copy) {
              if (journalBlocks.contains(copy.journalBlock())) {
                String what = "copy of block " + copy.block() + " in " + name(transaction);
                contents.put(copy.journalBlock(), what);
              }
            }

            @Override
            public void revoked(Transaction transaction, long block) {}
          });
    } catch (CorruptDataException e) {
      log.add(e, tree.origin());
    }
    if (journalBlocks.contains(0L)) {
      contents.put(0L, "superblock of the journal");
    }
    return contents;
  }

  private static long firstBlock(JournalLog journal) {
    return journal.superblock().firstBlock();
  }

  private static String name(Transaction transaction) {
    return "transaction " + transaction.sequence() + " (" + state(transaction) + ")";
  }

  static String state(Transaction transaction) {
    return transaction.state().name().toLowerCase(Locale.ROOT);
  }
}
