package drydock.checkpoint.image;

import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.oci.Fields;
import drydock.oci.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an image made of a checkpoint says of it.
 *
 * @param platform its operating system and processor
 * @param created when the container was frozen; null when nothing tells it
 * @param leftOut annotations that the checkpoint does not tell the values of
 */
public record CheckpointImage(
    Platform platform,
    @Nullable Instant created,
    SortedMap<String, String> annotations,
    List<String> leftOut) {

  /** Reads it; what a node would miss to restore it is a finding. */
  public static CheckpointImage of(Checkpoint checkpoint, FindingLog log) throws IOException {
    for (String needed : List.of("config.dump", "spec.dump")) {
      if (checkpoint.file(needed).isEmpty()) {
        missing(checkpoint.origin(), needed + " is not there: no engine restores without it", log);
      }
    }
    if (checkpoint.images().isEmpty()) {
      missing(checkpoint.origin(), "there are no images of CRIU to restore", log);
    }
    if (checkpoint.facts().name() == null) {
      String what = "no name of the container: engines know the image of a checkpoint by it";
      missing(checkpoint.origin(), what, log);
    }
    String architecture = Machine.goName(checkpoint, log);
    if (architecture == null) {
      missing(checkpoint.origin(), "no image tells the processor: amd64 is assumed", log);
    }
    Annotations annotations =
        new Annotations(
            checkpoint,
            config(checkpoint),
            DumpLog.read(checkpoint.file("dump.log")),
            architecture);
    return new CheckpointImage(
        new Platform("linux", architecture == null ? "amd64" : architecture, null, null, List.of()),
        checkpoint.checkpointed(),
        annotations.all(),
        annotations.leftOut());
  }

  private static void missing(Origin origin, String what, FindingLog log) {
    log.add(Finding.missing(origin, what));
  }

  /** The engine's container; what is damaged in it is told where the checkpoint is opened. */
  private static Optional<Fields> config(Checkpoint checkpoint) {
    try {
      Optional<Node> file = checkpoint.file("config.dump");
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(
              Fields.parse(
                  file.get().content().allBytes(Checkpoint.MAX_DOCUMENT), file.get().origin()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
