package drydock.report;

import drydock.checkpoint.Checkpoint;
import drydock.fs.Node;
import drydock.report.Column.Cell;
import drydock.runtime.Container;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checkpoints that lie on a node, one line each. */
public final class StoredCheckpointReport {
  public static final Report<StoredCheckpointRow> REPORT =
      new Report<>(
          List.of(
              of("path", row -> new Value.Bytes(row.stored().path().bytes())),
              of("deleted", row -> Value.of(row.stored().deleted())),
              of("kind", StoredCheckpointReport::kind),
              of("size", row -> row.meta(meta -> Value.of(meta.size()))),
              of("modified", row -> row.meta(meta -> Value.of(meta.times().modified()))),
              of("inode", row -> row.meta(meta -> Value.of(meta.inode()))),
              of("sha256", row -> Value.id(row.sha256())),
              of("engine", StoredCheckpointReport::engine),
              of("container", row -> row.facts(facts -> Value.of(facts.name()))),
              of("id", row -> row.facts(facts -> Value.id(facts.id()))),
              of("pod", row -> row.facts(facts -> Value.of(facts.pod()))),
              of("namespace", row -> row.facts(facts -> Value.of(facts.namespace()))),
              of("image", row -> row.facts(facts -> Value.of(facts.image()))),
              of("checkpointed", StoredCheckpointReport::checkpointed),
              of("on_node", StoredCheckpointReport::onNode).header("ON NODE"),
              of("origin", StoredCheckpointReport::origin)),
          List.of(
              "path",
              "deleted",
              "size",
              "modified",
              "container",
              "id",
              "pod",
              "namespace",
              "checkpointed",
              "on_node",
              "sha256"));

  private StoredCheckpointReport() {}

  private static Column<StoredCheckpointRow> of(String name, Cell<StoredCheckpointRow> value) {
    return Column.of(name, value);
  }

  private static @Nullable Value kind(StoredCheckpointRow row) {
    return row.meta(meta -> Value.of(meta.isDirectory() ? "directory" : "archive"));
  }

  private static @Nullable Value engine(StoredCheckpointRow row) {
    Checkpoint checkpoint = row.stored().checkpoint();
    return checkpoint == null ? null : Value.of(checkpoint.engine().label());
  }

  private static @Nullable Value checkpointed(StoredCheckpointRow row) throws IOException {
    Checkpoint checkpoint = row.stored().checkpoint();
    return checkpoint == null ? null : Value.of(checkpoint.checkpointed());
  }

  /** What has become of the container: its status on the node. */
  private static @Nullable Value onNode(StoredCheckpointRow row) {
    Container container = row.stored().container();
    if (container != null) {
      return Value.of(ContainerReport.statusText(container));
    }
    return row.stored().checkpoint() == null ? null : Value.of("absent");
  }

  private static @Nullable Value origin(StoredCheckpointRow row) {
    Node file = row.stored().file();
    return file == null ? null : Value.of(file.origin());
  }
}
