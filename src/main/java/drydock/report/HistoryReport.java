package drydock.report;

import drydock.bytes.Origin;
import drydock.runtime.ImageLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code history}: a step of an image and the layer that it made. */
public final class HistoryReport {
  /** A layer, and the record that led to it. */
  public record Step(ImageLayer layer, Origin origin) {}

  public static final Report<Step> REPORT =
      new Report<>(
          List.of(
              Column.<Step>of("index", s -> Value.of(s.layer().index())).header("STEP"),
              Column.of("digest", s -> Value.id(s.layer().digest())),
              Column.of("diff_id", s -> Value.id(s.layer().diffId())),
              Column.of("chain_id", s -> Value.id(s.layer().chainId())),
              Column.of("media_type", s -> Value.of(s.layer().mediaType())),
              Column.of("size", s -> Value.of(s.layer().size())),
              Column.of("created", s -> Value.of(s.layer().created())),
              Column.of("created_by", s -> Value.of(s.layer().createdBy())),
              Column.of("comment", s -> Value.of(s.layer().comment())),
              Column.of("author", s -> Value.of(s.layer().author())),
              Column.of("empty_layer", s -> Value.of(s.layer().emptyLayer())),
              Column.<Step>of("snapshot_key", s -> Value.id(s.layer().snapshotKey()))
                  .header("SNAPSHOT"),
              Column.of("snapshot_path", s -> Value.of(s.layer().snapshotPath())),
              Column.<Step>of("content_present", s -> presence(s, s.layer().contentPresent()))
                  .header("CONTENT"),
              Column.<Step>of("snapshot_present", s -> presence(s, s.layer().snapshotPresent()))
                  .header("UNPACKED"),
              Column.of("origin", s -> Value.of(s.origin()))),
          List.of(
              "index",
              "digest",
              "size",
              "created",
              "content_present",
              "snapshot_present",
              "snapshot_key",
              "created_by"));

  private HistoryReport() {}

  /** A step without a layer has nothing to be there. */
  private static @Nullable Value presence(Step step, boolean present) {
    return step.layer().emptyLayer() ? null : new Value.Flag(present);
  }
}
