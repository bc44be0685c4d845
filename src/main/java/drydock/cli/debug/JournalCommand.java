package drydock.cli.debug;

import drydock.bytes.ByteSource;
import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.ext4.Ext4Records;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.journal.Copy;
import drydock.fs.ext4.journal.JournalFeature;
import drydock.fs.ext4.journal.JournalLog;
import drydock.fs.ext4.journal.JournalSuperblock;
import drydock.fs.ext4.journal.Transaction;
import drydock.report.Dossier;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The journal of an ext file system: its superblock, and what it holds, by transactions. */
@Command(
    name = "journal",
    footer = {
      "",
      "Example:",
      "  drydock debug journal node.qcow2 --partition 1 --transactions",
      "  drydock debug journal node.qcow2 --partition 1 --blocks --old",
      "Shown is the log from its start on. With --old also what is left over of transactions",
      "from before: their blocks reached their places long ago, and may hold something else now."
    })
final class JournalCommand extends EvidenceCommand {
  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk.")
  Path path = Path.of("");

  @Option(names = "--transactions", description = "List the transactions.")
  boolean transactions;

  @Option(
      names = "--blocks",
      description = "List every block that a transaction holds, and what it is part of.")
  boolean blocks;

  @Option(names = "--revokes", description = "List the blocks that transactions revoke.")
  boolean revokes;

  @Option(names = "--fast-commits", description = "List what fast commits change.")
  boolean fastCommits;

  @Option(names = "--old", description = "Include what is left over of earlier transactions.")
  boolean old;

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "List the copies of this block of the file system only.")
  @Nullable Long block;

  @Mixin OutputOption output = new OutputOption();

  JournalCommand(Console console) {
    super(console);
  }

  @Override
  protected Path evidencePath() {
    return path;
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    // What is wrong with the file system itself is not asked here.
    Ext4Choice choice = new Ext4Choice(evidence, partition());
    Ext4Tree tree = choice.tree(false, new FindingLog(), this::usage);
    Ext4Records.JournalFile file = tree.records().journal(evidence.openOptions(false).devices());
    JournalLog read = JournalLog.read(file.source(), file.facts(), old, log);
    if (transactions) {
      output.rows(console, JournalRows.TRANSACTIONS, read.transactions());
    } else if (blocks || block != null) {
      Ext4Tree now = choice.tree(applyJournal(), new FindingLog(), this::usage);
      JournalBlocks wanted = JournalBlocks.of(read, now, block);
      output.rows(console, JournalRows.BLOCKS, wanted::rows);
    } else if (revokes) {
      output.rows(console, JournalRows.REVOKES, rows -> revokes(read, rows));
    } else if (fastCommits) {
      output.rows(console, JournalRows.FAST_COMMITS, rows -> fastCommits(read, rows));
    } else {
      output.dossier(console, whole(read, file.source()), OutputFormat.TABLE);
    }
    return ExitCode.DONE;
  }

  private static void revokes(JournalLog read, Report.Rows<JournalRows.Revoked> rows)
      throws IOException {
    read.visit(
        new JournalLog.Visitor() {
          @Override
          public void copy(Transaction transaction, Copy copy) {}

          @Override
          public void revoked(Transaction transaction, long revoked) throws IOException {
            rows.add(new JournalRows.Revoked(transaction, revoked));
          }
        });
  }

  private static void fastCommits(JournalLog read, Report.Rows<JournalRows.Fast> rows)
      throws IOException {
    for (int i = 0; i < read.fastCommits().records().size(); i++) {
      rows.add(new JournalRows.Fast(i + 1, read.fastCommits().records().get(i)));
    }
  }

  private static Dossier whole(JournalLog read, ByteSource journal) {
    JournalSuperblock s = read.superblock();
    List<Transaction> all = read.transactions();
    return new Dossier()
        .add("version", Value.of(s.version()))
        .add("uuid", Value.of(s.uuid().toString()))
        .add("features", features(s))
        .add("block_bytes", Value.of(s.blockBytes()))
        .add("blocks", Value.of(s.blocks()))
        .add("first_block", Value.of(s.firstBlock()))
        .add("end_block", Value.of(s.endBlock()))
        .add("start_block", Value.of(s.startBlock()))
        .add("head_block", Value.of(s.headBlock()))
        .add("sequence", Value.of(Integer.toUnsignedLong(s.sequence())))
        .add("error", Value.of(s.error()))
        .add("checksum_type", Value.of(s.checksumType()))
        .add("checksum", Value.of(InodePicture.hex(s.checksum(), Integer.SIZE)))
        .add("fast_commit_blocks", Value.of(s.fastCommitBlocks()))
        .add("transactions", Value.of(all.size()))
        .add("applied", Value.of(count(all, Transaction.State.APPLIED)))
        .add("not_applied", Value.of(count(all, Transaction.State.NOT_APPLIED)))
        .add("old", Value.of(count(all, Transaction.State.OLD)))
        .add("copies", Value.of(all.stream().mapToLong(Transaction::copies).sum()))
        .add("revoked", Value.of(all.stream().mapToLong(Transaction::revoked).sum()))
        .add("fast_commits", Value.of(read.fastCommits().commits()))
        .add("fast_commit_records", Value.of(read.fastCommits().records().size()))
        .add("origin", Value.of(journal.origin()));
  }

  private static long count(List<Transaction> all, Transaction.State state) {
    return all.stream().filter(each -> each.state() == state).count();
  }

  private static Value features(JournalSuperblock superblock) {
    return Value.of(
        superblock.features().stream()
            .map(JournalFeature::label)
            .map(each -> each.toLowerCase(Locale.ROOT))
            .sorted()
            .toList());
  }
}
