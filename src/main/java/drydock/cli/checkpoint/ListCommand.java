package drydock.cli.checkpoint;

import drydock.cli.option.Console;
import drydock.cli.option.EvidenceCommand;
import drydock.cli.option.ExitCode;
import drydock.cli.option.OutputFileOption;
import drydock.cli.option.OutputOption;
import drydock.evidence.Evidence;
import drydock.evidence.StoredCheckpoint;
import drydock.evidence.StoredCheckpoints;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Node;
import drydock.report.StoredCheckpointReport;
import drydock.report.StoredCheckpointRow;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The checkpoints that lie on a node. */
@Command(
    name = "list",
    footer = {
      "",
      "Example:",
      "  drydock checkpoint list node.qcow2",
      "  drydock checkpoint list node.qcow2 --hash -o jsonl",
      "Looked at are the kubelet's directory and those of engines. Of deleted ones only",
      "the names are listed; 'drydock recover' tells what is left of them."
    })
final class ListCommand extends EvidenceCommand {
  @Parameters(index = "0", paramLabel = "EVIDENCE", description = "A disk, or a mounted root.")
  Path path = Path.of("");

  @Option(names = "--hash", description = "Read each archive for its SHA-256.")
  boolean hash;

  @Mixin OutputOption output = new OutputOption();

  ListCommand(Console console) {
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
  protected int run(Evidence opened, FindingLog log) throws IOException {
    output.rows(
        console,
        StoredCheckpointReport.REPORT,
        rows ->
            StoredCheckpoints.find(
                opened, found -> rows.add(new StoredCheckpointRow(found, digest(found, log)))));
    return ExitCode.DONE;
  }

  private @Nullable String digest(StoredCheckpoint found, FindingLog log) {
    Node file = found.file();
    FileMeta meta = found.meta();
    if (!hash || found.deleted() || file == null || meta == null || !meta.isFile()) {
      return null;
    }
    try {
      return Hashes.of(file.content(), HashAlgorithm.SHA256);
    } catch (IOException e) {
      log.add(e, file.origin());
      return null;
    }
  }
}
