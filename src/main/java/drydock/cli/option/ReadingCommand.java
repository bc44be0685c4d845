package drydock.cli.option;

import drydock.evidence.Evidence;
import drydock.evidence.EvidenceOptions;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** A command that reads what may be damaged: tells the findings when it is done. */
public abstract class ReadingCommand extends ConsoleCommand {
  @Mixin EvidenceOption evidence = new EvidenceOption();

  protected ReadingCommand(Console console) {
    super(console);
  }

  /** What was typed as the evidence. */
  protected abstract Path evidencePath();

  /** All that was typed as evidence: nothing is written to any of it. */
  protected List<Path> evidencePaths() {
    return List.of(evidencePath());
  }

  /** Where the result is to go; asked before anything is opened. */
  protected abstract OutputFileOption outputFile();

  /** Does the work and gives the exit code, in which findings need not be thought of. */
  protected abstract int read(FindingLog log) throws IOException;

  /** Whether notes on the evidence are part of what is asked. */
  protected boolean tellsNotes() {
    return false;
  }

  /** The partition that was named, if one was. */
  protected final @Nullable Integer partition() {
    return evidence.partition;
  }

  /** Whether ext4 is to be shown with the journal applied. */
  protected final boolean applyJournal() {
    return !evidence.noJournal;
  }

  /** Opens the node that was typed, as its options say. */
  protected final Evidence open(FindingLog log) throws IOException {
    return open(evidencePath(), log);
  }

  /** Whether disks were given beside the evidence. */
  protected final boolean hasDisks() {
    return !evidence.disks.isEmpty();
  }

  /** Opens another node than the one that was typed, by the same options. */
  protected final Evidence open(Path node, FindingLog log) throws IOException {
    return Evidence.open(evidence.options(node), log);
  }

  /** The other disks that were typed. */
  protected final List<Path> disks() {
    return List.copyOf(evidence.disks);
  }

  /** Opens a checkpoint with more disks of its node than the options say. */
  protected final Evidence openWith(Path checkpoint, List<Path> more, FindingLog log)
      throws IOException {
    EvidenceOptions options = evidence.options(checkpoint);
    List<Path> disks = new ArrayList<>(more);
    disks.addAll(options.disks());
    return Evidence.open(
        new EvidenceOptions(
            checkpoint,
            disks,
            options.partition(),
            options.offset(),
            options.root(),
            options.applyJournal()),
        log);
  }

  @Override
  public final Integer call() throws IOException {
    refuse(outputFile().file());
    refuse(common.findingsFile());
    FindingLog log = new FindingLog();
    boolean answers = true;
    int exit;
    try {
      exit = read(log);
    } catch (ParameterException e) {
      // what was typed is to be mended first, unless what it names may be among what is lost
      answers = log.hasLosses();
      throw e;
    } finally {
      if (answers && !console.out().isClosedByReader()) {
        common.tell(log, console, tellsNotes());
      }
    }
    return exit == ExitCode.DONE && log.hasLosses() ? ExitCode.WITH_FINDINGS : exit;
  }

  /** The error for a file to be written that is part of the evidence. */
  protected final void refuse(@Nullable Path file) throws IOException {
    if (file == null) {
      return;
    }
    for (Path each : evidencePaths()) {
      if (evidence.holds(file, each)) {
        throw usage(file + " belongs to the evidence and is not written to; choose another file");
      }
    }
  }
}
