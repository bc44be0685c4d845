package drydock.timeline;

import drydock.checkpoint.Checkpoint;
import drydock.runtime.Container;
import java.io.IOException;
import java.time.Instant;

/**
 * That a container was frozen.
 *
 * @param container what the checkpoint is of
 */
public record CheckpointEvents(Checkpoint checkpoint, Container container) implements EventSource {
  @Override
  public void emit(Sink sink) throws IOException {
    Instant time = checkpoint.checkpointed();
    if (time != null) {
      String name = container.name() == null ? container.id() : container.name();
      String message = "checkpoint of container " + name + " taken";
      Subject subject = Subject.of(container);
      sink.add(
          Event.of(
              time,
              TimeMeaning.CREATED,
              EventKind.CHECKPOINT_TAKEN,
              message,
              subject,
              checkpoint.origin()));
    }
  }
}
