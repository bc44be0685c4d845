package drydock.cli;

import drydock.cli.option.Console;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.cli.option.Problem;
import drydock.cli.option.Progress;
import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.fs.NameText;
import drydock.fs.Node;
import drydock.provenance.Belonging;
import drydock.provenance.Provenance;
import drydock.report.Escape;
import drydock.report.Report;
import drydock.report.WhoseReport;
import drydock.report.WhoseRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which snapshot, layer, image, container and pod files of the node belong to. */
@Command(
    name = "whose",
    footer = {
      "",
      "Example:",
      "  drydock whose node.qcow2 /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs/tmp/x",
      "  drydock whose node.qcow2 --from hits.txt -o jsonl",
      "A path need not be there: what was deleted is told by where it was. 'stat' goes the other way."
    })
final class WhoseCommand extends NodeCommand {
  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "A path on the node.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--inode",
      paramLabel = "N",
      description = "The file of that inode: all its paths, or a guess if it is deleted.")
  List<Long> inodes = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Take paths from a file, one a line; - is standard input.")
  @Nullable Path from;

  @Mixin OutputOption output = new OutputOption();

  private long missing;
  private long failed;

  WhoseCommand(Console console) {
    super(console);
  }

  @Override
  protected OutputFileOption outputFile() {
    return output;
  }

  @Override
  protected int run(Evidence evidence, FindingLog log) throws IOException {
    if (paths.isEmpty() && inodes.isEmpty() && from == null) {
      throw usage("whose files? Type a PATH, --inode N or --from FILE");
    }
    for (String each : paths) {
      if (!each.startsWith("/")) {
        String typed = Escape.text(each);
        throw usage("'" + typed + "' is no path on the node; 'stat' tells of CONTAINER:/path");
      }
    }
    List<InodeNames.Named> named = new InodeNames(evidence, log).of(inodes, this::usage);
    Owned.runtimes(evidence); // that there are none is to be told
    Provenance provenance = Provenance.of(evidence);
    OutputOption.Source<WhoseRow> source =
        rows -> {
          for (String each : paths) {
            add(provenance, NameText.unescape(each), null, rows);
          }
          for (InodeNames.Named each : named) {
            add(provenance, each, rows);
          }
          list(provenance, rows);
        };
    if (output.isOutline() && from == null) {
      output.dossiers(console, WhoseReport::outline, source);
    } else {
      output.rows(console, WhoseReport.REPORT, source);
    }
    if (missing > 0) {
      console.say(
          "drydock: "
              + missing
              + (missing == 1 ? " path is" : " paths are")
              + " not on the node; told is whose the place is");
    }
    return missing + failed > 0 ? ExitCode.COULD_NOT : ExitCode.DONE;
  }

  private void list(Provenance provenance, Report.Rows<WhoseRow> rows) throws IOException {
    if (from == null) {
      return;
    }
    try (PathList list = PathList.open(from);
        Progress progress = new Progress(console, common(), "asking", -1)) {
      for (byte[] line = list.next(); line != null; line = list.next()) {
        if (line.length == 0 || line[0] != '/') {
          failed++;
          console.say("drydock: line " + list.line() + " of " + from + " is no path on the node");
        } else {
          add(provenance, line, null, rows);
          progress.add(0, 1, "");
        }
      }
    }
  }

  private void add(
      Provenance provenance,
      byte[] asked,
      InodeNames.@Nullable Named named,
      Report.Rows<WhoseRow> rows)
      throws IOException {
    Belonging belonging;
    try {
      belonging = provenance.of(asked);
    } catch (IOException e) {
      failed++;
      console.say("drydock: " + Escape.bytes(asked) + ": " + Problem.of(e));
      return;
    }
    boolean deleted = named != null && named.guess() != null;
    if (named != null && deleted && isAnother(belonging.node(), named.inode())) {
      belonging = belonging.withoutNode();
    }
    Node node = belonging.node();
    missing += node == null && !deleted ? 1 : 0;
    rows.add(
        new WhoseRow(
            belonging,
            named == null ? null : named.inode(),
            named == null ? null : named.guess(),
            node == null ? provenance.node().originAt(belonging.path()) : node.origin()));
  }

  /** Whether the place of a deleted file is another one's now. */
  private static boolean isAnother(@Nullable Node node, long inode) throws IOException {
    return node != null && node.meta().inode() != inode;
  }

  private void add(Provenance provenance, InodeNames.Named named, Report.Rows<WhoseRow> rows)
      throws IOException {
    byte[] at = named.path();
    if (at == null) {
      failed++;
      console.say("drydock: inode " + named.inode() + ": " + named.guess());
    } else {
      add(provenance, at, named, rows);
    }
  }
}
