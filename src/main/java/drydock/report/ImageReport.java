package drydock.report;

import drydock.runtime.Image;
import java.util.List;

/** The record {@code image}. */
public final class ImageReport {
  public static final Report<Image> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", i -> Value.of(i.engine())),
              Column.of("namespace", i -> Value.of(i.namespace())),
              Column.<Image>of("name", i -> Value.id(i.name())).header("IMAGE"),
              Column.of("digest", i -> Value.id(i.digest())),
              Column.of("media_type", i -> Value.of(i.mediaType())),
              Column.<Image>of("platform", i -> Value.of(i.platforms())),
              Column.of("size", i -> Value.of(i.size())),
              Column.of("created", i -> Value.of(i.created())),
              Column.of("updated", i -> Value.of(i.updated())),
              Column.of("labels", i -> Value.of(i.labels())),
              Column.of("origin", i -> Value.of(i.origin()))),
          List.of("namespace", "name", "digest", "platform", "size", "created"));

  private ImageReport() {}
}
