package drydock.checkpoint.diff;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is different between two checkpoints. Differences are told as they are found, kind by kind,
 * each kind in the order of what its things are known by. Memory: what is open in both and their
 * areas, and a few hundred KiB of pages. For one thread.
 */
public final class CheckpointDiff {
  private final Checkpoint before;
  private final Checkpoint after;
  private final @Nullable Roots roots;
  private final FindingLog log;

  /** The roots of both containers as they were, with the layers of their images. */
  public record Roots(FileTree before, FileTree after) {}

  /**
   * @param roots null where the layers are not at hand: then only what the checkpoints themselves
   *     have of files is compared
   */
  public CheckpointDiff(
      Checkpoint before, Checkpoint after, @Nullable Roots roots, FindingLog log) {
    this.before = before;
    this.after = after;
    this.roots = roots;
    this.log = log;
  }

  /** Tells all; that both are of other containers, or in another order, is a note in the log. */
  public void tell(Difference.Sink sink) throws IOException {
    compareSubjects();
    new Comparison(DifferenceKind.SPEC, sink).tell(SpecFacts.of(before), SpecFacts.of(after));
    Optional<Side> was = Side.of(before, log);
    Optional<Side> is = Side.of(after, log);
    RootChanges files = new RootChanges(before, after, roots, sink, log);
    if (was.isPresent() && is.isPresent()) {
      frozen(was.get(), is.get(), sink);
      files.tell();
      files.inMemory(was.get(), is.get());
    } else {
      files.tell();
    }
  }

  private void frozen(Side was, Side is, Difference.Sink sink) throws IOException {
    Pairing pairing = new Pairing(was, is);
    ProcessFacts processes = new ProcessFacts(pairing);
    new Comparison(DifferenceKind.PROCESS, sink).tell(processes.of(was), processes.of(is));
    EnvironmentFacts variables = new EnvironmentFacts(pairing);
    new Comparison(DifferenceKind.ENVIRONMENT, sink).tell(variables.of(was), variables.of(is));
    DescriptorFacts descriptors = new DescriptorFacts(pairing);
    new Comparison(DifferenceKind.DESCRIPTOR, sink).tell(descriptors.of(was), descriptors.of(is));
    SocketFacts.tell(was, is, new Comparison(DifferenceKind.SOCKET, sink));
    new Comparison(DifferenceKind.MOUNT, sink).tell(MountFacts.of(was), MountFacts.of(is));
    MemoryChanges memory = new MemoryChanges(pairing, sink, log);
    memory.areas();
    memory.pages();
  }

  private void compareSubjects() throws IOException {
    ContainerFacts one = before.facts();
    ContainerFacts other = after.facts();
    if (isOther(one.id(), other.id())) {
      String what = "the two are not of the same container: " + one.id() + ", " + other.id();
      log.add(Finding.note(after.origin(), what));
    }
    Instant then = before.checkpointed();
    Instant now = after.checkpointed();
    if (then != null && now != null && now.isBefore(then)) {
      log.add(Finding.note(after.origin(), "the second checkpoint was made before the first"));
    }
  }

  private static boolean isOther(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }
}
