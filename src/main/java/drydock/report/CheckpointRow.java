package drydock.report;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Sizes;
import java.io.IOException;

/**
 * A checkpoint in a list of them.
 *
 * @param archive where it was found, as it was typed
 */
public record CheckpointRow(String archive, Checkpoint checkpoint, Sizes sizes) {
  /** The row of a checkpoint; sizes are read now. */
  public static CheckpointRow of(String archive, Checkpoint checkpoint) throws IOException {
    return new CheckpointRow(archive, checkpoint, checkpoint.sizes());
  }

  ContainerFacts facts() {
    return checkpoint.facts();
  }
}
