package drydock.report;

import drydock.runtime.Blob;
import java.util.List;

/** The record {@code content}. */
public final class ContentReport {
  public static final Report<Blob> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", b -> Value.of(b.engine())),
              Column.of("namespace", b -> Value.of(b.namespace())),
              Column.of("digest", b -> Value.id(b.digest())),
              Column.of("size", b -> Value.of(b.size())),
              Column.of("media_type", b -> Value.of(b.mediaType())),
              Column.of("created", b -> Value.of(b.created())),
              Column.of("updated", b -> Value.of(b.updated())),
              Column.of("labels", b -> Value.of(b.labels())),
              Column.<Blob>of("ref", b -> Value.of(b.ref())).header("INGEST"),
              Column.of("present", b -> Value.of(b.present())),
              Column.of("origin", b -> Value.of(b.origin()))),
          List.of("namespace", "digest", "size", "media_type", "created", "present", "ref"));

  private ContentReport() {}
}
