package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.diff.CheckpointDiff.Roots;
import drydock.evidence.Evidence;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.FindingLog;
import drydock.runtime.Container;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;

/** Finds the roots of frozen containers among what was opened with the layers of their images. */
record MergedRoots(FindingLog log) {
  /** Both; empty, and a finding, where the layers of one are missing. */
  Optional<Roots> of(Evidence was, Checkpoint before, Evidence is, Checkpoint after)
      throws IOException {
    FrozenRuntime one = runtime(was);
    FrozenRuntime other = runtime(is);
    Container then = container(one, before);
    Container now = container(other, after);
    boolean isWhole = one.baseFs(then).isPresent() & other.baseFs(now).isPresent();
    return isWhole ? Optional.of(new Roots(one.rootFs(then), other.rootFs(now))) : Optional.empty();
  }

  static FrozenRuntime runtime(Evidence opened) throws IOException {
    return opened.frozen().orElseThrow(() -> notThere("the checkpoint"));
  }

  /** The container that a checkpoint is of. */
  static Container container(FrozenRuntime frozen, Checkpoint checkpoint) throws IOException {
    for (Container each : frozen.containers()) {
      if (frozen.checkpoint(each).origin().equals(checkpoint.origin())
          || Objects.equals(each.id(), checkpoint.facts().id())) {
        return each;
      }
    }
    throw notThere("the container of the checkpoint");
  }

  static NoSuchFileException notThere(String what) {
    return new NoSuchFileException(what + " is not there");
  }
}
