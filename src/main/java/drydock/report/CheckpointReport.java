package drydock.report;

import drydock.report.Column.Cell;
import java.util.List;

/** Checkpoints, one line each. */
public final class CheckpointReport {
  public static final Report<CheckpointRow> REPORT =
      new Report<>(
          List.of(
              of("archive", row -> Value.of(row.archive())),
              of("name", row -> Value.of(row.facts().name())),
              of("id", row -> Value.id(row.facts().id())),
              of("pod", row -> Value.of(row.facts().pod())),
              of("namespace", row -> Value.of(row.facts().namespace())),
              of("image", row -> Value.of(row.facts().image())),
              of("image_id", row -> Value.id(row.facts().imageId())),
              of("engine", row -> Value.of(row.checkpoint().engine().label())),
              of("runtime", row -> Value.of(row.facts().runtime())),
              of("created", row -> Value.of(row.facts().created())),
              of("started", row -> Value.of(row.facts().started())),
              of("checkpointed", row -> Value.of(row.checkpoint().checkpointed())),
              of("restored", row -> Value.of(row.facts().restored())),
              of("ips", row -> Value.of(row.facts().ips())).header("IP"),
              of("macs", row -> Value.of(row.facts().macs())).header("MAC"),
              of("pod_uid", row -> Value.of(row.facts().podUid())),
              of("pod_id", row -> Value.id(row.facts().podId())),
              of("processes", row -> Value.of(row.processes())),
              of("images_size", row -> Value.of(row.sizes().images())),
              of("memory_size", row -> Value.of(row.sizes().pages())).header("MEMORY"),
              of("pages_written", row -> Value.of(row.pagesWritten())),
              of("rootfs_diff_size", row -> Value.of(row.sizes().rootFsDiff()))
                  .header("ROOTFS DIFF"),
              of("origin", row -> Value.of(row.checkpoint().origin()))),
          List.of(
              "archive",
              "name",
              "id",
              "pod",
              "namespace",
              "image",
              "engine",
              "runtime",
              "created",
              "checkpointed",
              "processes",
              "ips",
              "memory_size",
              "rootfs_diff_size"));

  private CheckpointReport() {}

  private static Column<CheckpointRow> of(String name, Cell<CheckpointRow> value) {
    return Column.of(name, value);
  }
}
