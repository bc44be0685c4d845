package drydock.cli.checkpoint;

import drydock.cli.option.CommandGroup;
import drydock.cli.option.Console;
import drydock.cli.option.ConsoleCommand;
import drydock.evidence.Evidence;
import drydock.report.Escape;
import java.util.List;
import picocli.CommandLine.Command;

/** The group of commands that look into checkpoints. */
@Command(
    name = "checkpoint",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint show shop.tar",
      "ARCHIVE is an archive, packed or not, a directory, or either inside of a node's disk:",
      "  drydock checkpoint show node.qcow2:/var/lib/kubelet/checkpoints/shop.tar"
    })
public final class CheckpointCommand extends ConsoleCommand implements CommandGroup {
  /** All of them, in the order of the help. One row each. */
  private static final List<Member> MEMBERS =
      List.of(
          new Member("list", ListCommand.class, "List the checkpoints that lie on a node."),
          new Member("show", ShowCommand.class, "Show what checkpoints are of, one line each."),
          new Member("inspect", InspectCommand.class, "Show all that is known of a checkpoint."),
          new Member("triage", TriageCommand.class, "Show what to look at first, and why."),
          new Member("ps", PsCommand.class, "Show the processes, as a tree."),
          new Member("files", FilesCommand.class, "Show open files, and write deleted ones."),
          new Member("sockets", SocketsCommand.class, "Show sockets, and who talks to whom."),
          new Member("mounts", MountsCommand.class, "Show what was mounted where."),
          new Member("network", NetworkCommand.class, "Show interfaces, routes, the firewall ..."),
          new Member("namespaces", NamespacesCommand.class, "Show namespaces, and who is in them."),
          new Member("ipc", IpcCommand.class, "Show shared memory, semaphores and queues."),
          new Member("decode", DecodeCommand.class, "Show the images entry by entry."),
          new Member("memory", MemoryCommand.class, "List areas of memory, and find in them."),
          new Member("strings", StringsCommand.class, "List what looks like text in memory."),
          new Member("core", CoreCommand.class, "Write frozen processes as core files."),
          new Member(
              "env", EnvironmentCommand.class, "Compare environments with those of the start."),
          new Member("diff", DiffCommand.class, "Show what changed between two checkpoints."),
          new Member("to-image", ToImageCommand.class, "Make an image that a node restores."));

  CheckpointCommand(Console console) {
    super(console);
  }

  @Override
  public List<Member> members() {
    return MEMBERS;
  }

  @Override
  public List<String> shared() {
    return List.of(
        "tree", "ls", "stat", "cat", "find", "hash", "export", "drift", "timeline", "spec", "logs");
  }

  @Override
  public void check(Evidence evidence) {
    if (evidence.frozen().isEmpty()) {
      throw usage(
          Escape.text(evidence.origin().toString())
              + " is no checkpoint; leave out the word 'checkpoint' to look at a node");
    }
  }

  @Override
  public Integer call() {
    throw usage("Missing command; 'drydock checkpoint --help' lists them");
  }
}
