package drydock.cli.debug;

import drydock.bytes.ByteSource;
import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.Superblock;
import drydock.fs.ext4.journal.JournalFeature;
import drydock.fs.ext4.journal.JournalLog;
import drydock.fs.ext4.journal.JournalSuperblock;
import drydock.fs.ext4.journal.ReplayFacts;
import drydock.report.Column;
import drydock.report.Dossier;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The journal of an ext file system: its superblock, and the log transaction by transaction. */
@Command(
    name = "journal",
    description = "Show an ext journal: superblock, transactions, blocks.",
    footer = {
      "",
      "Example:",
      "  drydock debug journal node.qcow2 --partition 1",
      "  drydock debug journal node.qcow2 --partition 1 --blocks",
      "Shown is the log from its start on; older transactions that lie behind it are not."
    })
final class JournalCommand extends EvidenceCommand {
  /** A copy of a block, with the transaction that it is part of. */
  private record Copied(JournalLog.Transaction transaction, JournalLog.Copy copy) {}

  private static final Report<JournalLog.Transaction> TRANSACTIONS =
      new Report<>(
          List.of(
              Column.of("sequence", t -> Value.of(t.sequence())),
              Column.of("journal_block", t -> Value.of(t.journalBlock())),
              Column.of("committed", t -> Value.of(t.committed())),
              Column.of("applied", t -> Value.of(t.applied())),
              Column.of("blocks", t -> Value.of(t.copies().size())),
              Column.of("revoked", t -> Value.of(t.revoked().size()))),
          List.of("sequence", "journal_block", "committed", "applied", "blocks", "revoked"));

  private static final Report<Copied> BLOCKS =
      new Report<>(
          List.of(
              Column.of("sequence", c -> Value.of(c.transaction().sequence())),
              Column.of("block", c -> Value.of(c.copy().block())),
              Column.of("journal_block", c -> Value.of(c.copy().journalBlock())),
              Column.of("escaped", c -> Value.of(c.copy().escaped())),
              Column.of("revoked", c -> Value.of(c.copy().revoked())),
              Column.of("applied", c -> Value.of(c.transaction().applied()))),
          List.of("sequence", "block", "journal_block", "escaped", "revoked", "applied"));

  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk.")
  Path path = Path.of("");

  @Option(names = "--transactions", description = "List the transactions.")
  boolean transactions;

  @Option(names = "--blocks", description = "List every block that a transaction holds.")
  boolean blocks;

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
    Ext4Tree tree =
        new Ext4Choice(evidence, partition()).tree(false, new FindingLog(), this::usage);
    Superblock superblock = tree.superblock();
    if (superblock.journalInode() == 0) {
      throw new NoSuchFileException(
          tree.origin().toString(), null, "the file system has no journal of its own");
    }
    ByteSource journal = tree.node(superblock.journalInode()).content();
    JournalLog read =
        JournalLog.read(
            journal,
            new ReplayFacts(superblock.blockBytes(), superblock.blocks(), superblock.inodeBytes()),
            log);
    if (transactions) {
      output.rows(console, TRANSACTIONS, rows -> transactions(read, rows));
    } else if (blocks) {
      output.rows(console, BLOCKS, rows -> blocks(read, rows));
    } else {
      output.dossier(console, whole(read, journal), OutputFormat.TABLE);
    }
    return ExitCode.DONE;
  }

  private static void transactions(JournalLog read, Report.Rows<JournalLog.Transaction> rows)
      throws IOException {
    for (JournalLog.Transaction each : read.transactions()) {
      rows.add(each);
    }
  }

  private static void blocks(JournalLog read, Report.Rows<Copied> rows) throws IOException {
    for (JournalLog.Transaction each : read.transactions()) {
      for (JournalLog.Copy copy : each.copies()) {
        rows.add(new Copied(each, copy));
      }
    }
  }

  private static Dossier whole(JournalLog read, ByteSource journal) {
    JournalSuperblock s = read.superblock();
    List<JournalLog.Transaction> all = read.transactions();
    return new Dossier()
        .add("version", Value.of(s.version()))
        .add("uuid", Value.of(s.uuid().toString()))
        .add("features", features(s))
        .add("block_bytes", Value.of(s.blockBytes()))
        .add("blocks", Value.of(s.blocks()))
        .add("first_block", Value.of(s.firstBlock()))
        .add("start_block", Value.of(s.startBlock()))
        .add("sequence", Value.of(Integer.toUnsignedLong(s.sequence())))
        .add("error", Value.of(s.error()))
        .add("checksum_type", Value.of(s.checksumType()))
        .add("fast_commit_blocks", Value.of(s.fastCommitBlocks()))
        .add("transactions", Value.of(all.size()))
        .add("applied", Value.of(all.stream().filter(JournalLog.Transaction::applied).count()))
        .add("copies", Value.of(all.stream().mapToLong(t -> t.copies().size()).sum()))
        .add("revoked", Value.of(all.stream().mapToLong(t -> t.revoked().size()).sum()))
        .add("origin", Value.of(journal.origin()));
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
