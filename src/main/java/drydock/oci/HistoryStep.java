package drydock.oci;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step by which an image was made (OCI image-spec, config.md, "history"). Null is not said.
 *
 * @param emptyLayer whether the step made no layer
 */
public record HistoryStep(
    @Nullable Instant created,
    @Nullable String createdBy,
    @Nullable String author,
    @Nullable String comment,
    boolean emptyLayer) {
  static HistoryStep of(Fields fields) {
    return new HistoryStep(
        fields.time("created"),
        fields.text("created_by"),
        fields.text("author"),
        fields.text("comment"),
        Boolean.TRUE.equals(fields.flag("empty_layer")));
  }
}
