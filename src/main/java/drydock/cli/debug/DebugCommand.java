package drydock.cli.debug;

import drydock.cli.option.CommandGroup;
import drydock.cli.option.Console;
import drydock.cli.option.ConsoleCommand;
import java.util.List;
import picocli.CommandLine.Command;

/** The group of commands that show a format. */
@Command(
    name = "debug",
    synopsisSubcommandLabel = "FORMAT",
    footer = {
      "",
      "Example:",
      "  drydock debug qcow2 node.qcow2",
      "Formats are shown as they lie there; damaged ones as far as they can be read."
    })
public final class DebugCommand extends ConsoleCommand implements CommandGroup {
  /** All of them, in the order of the help. */
  private static final List<Member> MEMBERS =
      List.of(
          new Member(
              "bolt", BoltCommand.class, "Show a Bolt database: buckets, keys, values, pages."),
          new Member(
              "ext4",
              Ext4Command.class,
              "Show an ext file system: superblock, groups, inodes, whose a block is."),
          new Member(
              "journal",
              JournalCommand.class,
              "Show an ext journal: superblock, transactions, blocks, fast commits."),
          new Member(
              "qcow2",
              Qcow2Command.class,
              "Show a qcow2 file: header, extensions, snapshots, map."));

  DebugCommand(Console console) {
    super(console);
  }

  @Override
  public List<Member> members() {
    return MEMBERS;
  }

  @Override
  public Integer call() {
    throw usage("Missing format; 'drydock debug --help' lists them");
  }
}
