package drydock.cli.debug;

import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.ext4.Ext4Tree;
import drydock.fs.ext4.GroupDescriptor;
import drydock.report.Column;
import drydock.report.Dossier;
import drydock.report.FindingReport;
import drydock.report.OutputFormat;
import drydock.report.Report;
import drydock.report.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An ext2, ext3 or ext4 file system: superblock, block groups, single inodes. */
@Command(
    name = "ext4",
    footer = {
      "",
      "Example:",
      "  drydock debug ext4 node.qcow2 --partition 1",
      "  drydock debug ext4 node.qcow2 --partition 1 --inode 2",
      "  drydock debug ext4 node.qcow2 --partition 1 --block 1000-1099,2000",
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
              Column.of("flags", g -> Value.of(GroupPicture.flags(g.flags()))),
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
      names = "--group",
      paramLabel = "N",
      description = "Show a block group: descriptor, layout, counts of its bitmaps.")
  @Nullable Long group;

  @Option(
      names = "--block",
      paramLabel = "N[-M]",
      split = ",",
      description = "Show what a block is part of, down to inode and path; of several, a list.")
  List<String> blocks = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "BYTES",
      description = "The same of the block at an offset in the file system.")
  @Nullable Long at;

  @Option(
      names = "--disk-at",
      paramLabel = "BYTES",
      description = "The same of the block at an offset on the disk.")
  @Nullable Long diskAt;

  @Option(names = "--hex", description = "Show the bytes of the block as well.")
  boolean hex;

  @Option(
      names = "--inode",
      paramLabel = "N",
      description = "Show an inode, used or not: fields, map, attributes, names, paths.")
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
    Ext4Choice choice = new Ext4Choice(evidence, partition());
    Ext4Tree tree = choice.tree(applyJournal(), log, this::usage);
    BlockList wanted = wanted(tree, choice);
    if (check) {
      tree.check();
      output.rows(console, FindingReport.REPORT, log.list());
    } else if (!wanted.isEmpty()) {
      blocks(tree, wanted);
    } else if (group != null) {
      output.dossier(console, new GroupPicture(tree).of(group), OutputFormat.TABLE);
    } else if (groups) {
      output.rows(console, GROUPS, rows -> groups(tree, rows));
    } else if (inode != null) {
      output.dossier(console, new InodePicture(tree).of(inode), OutputFormat.TABLE);
    } else {
      output.dossier(console, new Ext4Picture(tree).superblock(), OutputFormat.TABLE);
    }
    return ExitCode.DONE;
  }

  /** The blocks that are asked for, by number or by offset. */
  private BlockList wanted(Ext4Tree tree, Ext4Choice choice) throws IOException {
    BlockList wanted = new BlockList(tree.superblock());
    for (String each : blocks) {
      wanted.add(each, this::usage);
    }
    if (at != null) {
      wanted.addAt(at, this::usage);
    }
    if (diskAt != null) {
      wanted.addAt(diskAt - choice.start(this::usage), this::usage);
    }
    return wanted;
  }

  private void blocks(Ext4Tree tree, BlockList wanted) throws IOException {
    BlockPicture picture = new BlockPicture(tree);
    if (wanted.size() == 1) {
      Dossier one = picture.dossier(wanted.numbers()[0], hex);
      output.dossier(console, one, OutputFormat.TABLE);
      return;
    }
    output.rows(console, BlockPicture.ROWS, picture.of(wanted.numbers()));
  }

  private static void groups(Ext4Tree tree, Report.Rows<GroupDescriptor> rows) throws IOException {
    for (long group = 0; group < tree.superblock().groups(); group++) {
      rows.add(tree.group(group));
    }
  }
}
