package drydock.report;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.evidence.StoredCheckpoint;
import drydock.fs.FileMeta;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint on a node.
 *
 * @param sha256 of its archive; null when that was not asked for
 */
public record StoredCheckpointRow(StoredCheckpoint stored, @Nullable String sha256) {
  @Nullable Value meta(Function<FileMeta, @Nullable Value> part) {
    FileMeta meta = stored.meta();
    return meta == null ? null : part.apply(meta);
  }

  @Nullable Value facts(Function<ContainerFacts, @Nullable Value> part) {
    Checkpoint checkpoint = stored.checkpoint();
    return checkpoint == null ? null : part.apply(checkpoint.facts());
  }
}
