package drydock.report;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Sizes;
import drydock.checkpoint.Statistics;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint in a list of them.
 *
 * @param archive where it was found, as it was typed
 */
public record CheckpointRow(
    String archive,
    Checkpoint checkpoint,
    Sizes sizes,
    @Nullable Long processes,
    @Nullable Statistics statistics) {
  /** The row of a checkpoint; its files are looked at now. */
  public static CheckpointRow of(String archive, Checkpoint checkpoint) throws IOException {
    return new CheckpointRow(
        archive, checkpoint, checkpoint.sizes(), checkpoint.processes(), checkpoint.statistics());
  }

  /** How many pages CRIU says that it wrote. */
  @Nullable Long pagesWritten() {
    return statistics == null ? null : statistics.dump().get("pages_written");
  }

  ContainerFacts facts() {
    return checkpoint.facts();
  }
}
