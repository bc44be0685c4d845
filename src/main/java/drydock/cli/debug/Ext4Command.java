package drydock.cli.debug;

import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.GroupDescriptor;
import drydock.report.Column;
import drydock.report.FindingReport;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An ext2, ext3 or ext4 file system: superblock, block groups, single inodes. */
@Command(
    name = "ext4",
    description = "Show an ext file system: superblock, groups, inodes.",
    footer = {
      "",
      "Example:",
      "  drydock debug ext4 node.qcow2 --partition 1",
      "  drydock debug ext4 node.qcow2 --partition 1 --inode 2",
      "Shown with the journal applied; --no-journal shows what lies on the disk."
    })
final class Ext4Command extends EvidenceCommand {
  private static final Report<GroupDescriptor> GROUPS =
      new Report<>(
          List.of(
              Column.of("group", g -> Value.of(g.group())),
              Column.of("block_bitmap", g -> Value.of(g.blockBitmap())),
              Column.of("inode_bitmap", g -> Value.of(g.inodeBitmap())),
              Column.of("inode_table", g -> Value.of(g.inodeTable())),
              Column.of("free_blocks", g -> Value.of(g.freeBlocks())),
              Column.of("free_inodes", g -> Value.of(g.freeInodes())),
              Column.of("directories", g -> Value.of(g.directories())),
              Column.of("unused_inodes", g -> Value.of(g.unusedInodes())),
              Column.of("flags", g -> Value.of("0x" + Integer.toHexString(g.flags()))),
              Column.of("checksum", g -> Value.of("0x" + Integer.toHexString(g.checksum())))),
          List.of(
              "group",
              "block_bitmap",
              "inode_bitmap",
              "inode_table",
              "free_blocks",
              "free_inodes",
              "directories",
              "unused_inodes",
              "flags",
              "checksum"));

  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk.")
  Path path = Path.of("");

  @Option(names = "--groups", description = "List the block groups.")
  boolean groups;

  @Option(
      names = "--inode",
      paramLabel = "N",
      description = "Show an inode, used or not: fields, blocks, names of a directory.")
  @Nullable Long inode;

  @Option(
      names = "--check",
      description = "Read everything once and list what contradicts itself, as e2fsck -n does.")
  boolean check;

  @Mixin OutputOption output = new OutputOption();

  Ext4Command(Console console) {
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
    Ext4Tree tree = new Ext4Choice(evidence, partition()).tree(applyJournal(), log, this::usage);
    Ext4Picture picture = new Ext4Picture(tree);
    if (check) {
      tree.check();
      output.rows(console, FindingReport.REPORT, rows -> findings(log, rows));
    } else if (groups) {
      output.rows(console, GROUPS, rows -> groups(tree, rows));
    } else if (inode != null) {
      output.dossier(console, picture.inode(inode), OutputFormat.TABLE);
    } else {
      output.dossier(console, picture.superblock(), OutputFormat.TABLE);
    }
    return ExitCode.DONE;
  }

  private static void findings(FindingLog log, Report.Rows<Finding> rows) throws IOException {
    for (Finding each : log.list()) {
      rows.add(each);
    }
  }

  private static void groups(Ext4Tree tree, Report.Rows<GroupDescriptor> rows) throws IOException {
    for (long group = 0; group < tree.superblock().groups(); group++) {
      rows.add(tree.group(group));
    }
  }
}
