package drydock.cli.option;

import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import java.io.IOException;
import picocli.CommandLine;

/** A command that looks at a node: opens the evidence, and closes it. */
public abstract class EvidenceCommand extends ReadingCommand {
  protected EvidenceCommand(Console console) {
    super(console);
  }

  /** Does the work and gives the exit code, in which findings need not be thought of. */
  protected abstract int run(Evidence opened, FindingLog log) throws IOException;

  @Override
  protected final int read(FindingLog log) throws IOException {
    try (Evidence opened = open(log)) {
      CommandLine group = spec().commandLine().getParent();
      if (group != null
          && group.getCommand() instanceof CommandGroup named
          && named.shared().contains(spec().name())) {
        named.check(opened);
      }
      return run(opened, log);
    }
  }
}
