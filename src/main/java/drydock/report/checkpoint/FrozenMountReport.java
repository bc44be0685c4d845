package drydock.report.checkpoint;

import drydock.checkpoint.criu.MountEntry;
import drydock.report.Column;
import drydock.report.Report;
import drydock.report.Value;
import java.util.ArrayList;
import java.util.List;

/** The record {@code mount} of a checkpoint: one of its mount namespaces. */
public final class FrozenMountReport {
  /** A mount, and how deep it lies below others. */
  public record Row(MountEntry mount, int depth) {}

  public static final Report<Row> REPORT =
      new Report<>(
          List.of(
              Column.<Row>of("mount_id", row -> Value.of(row.mount().id())).header("ID"),
              Column.<Row>of("parent_id", row -> Value.of(row.mount().parent())).header("PARENT"),
              Column.<Row>of("mount_point", row -> RenderedValue.text(row.mount().mountPoint()))
                  .header("MOUNT POINT")
                  .shown(FrozenMountReport::indented),
              Column.of("type", row -> Value.of(row.mount().type())),
              Column.of("source", row -> RenderedValue.text(row.mount().source())),
              Column.of("root", row -> RenderedValue.text(row.mount().root())),
              Column.of("options", row -> Value.of(row.mount().flags())),
              Column.<Row>of(
                  "super_options",
                  row ->
                      row.mount().superFlags() == null ? null : Value.of(row.mount().superFlags())),
              Column.of("data", row -> RenderedValue.text(row.mount().options())),
              Column.of("device", row -> Value.of(row.mount().device().toString())),
              Column.of("propagation", row -> Value.of(propagation(row.mount()))),
              Column.of("external", row -> RenderedValue.text(row.mount().external())),
              Column.of("deleted", row -> Value.of(row.mount().deleted())),
              Column.of("namespace", row -> Value.of(row.mount().namespace())),
              Column.of("details", row -> RenderedValue.of(row.mount().details())),
              Column.of("origin", row -> Value.of(row.mount().origin()))),
          List.of("mount_id", "mount_point", "type", "source", "root", "options", "external"));

  private FrozenMountReport() {}

  private static String indented(Row row) {
    String name = new Value.Bytes(row.mount().mountPoint().bytes()).text();
    return "  ".repeat(row.depth()) + name;
  }

  /** As /proc/PID/mountinfo writes it. */
  private static List<String> propagation(MountEntry mount) {
    List<String> words = new ArrayList<>();
    if (mount.shared() != 0) {
      words.add("shared:" + mount.shared());
    }
    if (mount.master() != 0) {
      words.add("master:" + mount.master());
    }
    if (mount.unbindable()) {
      words.add("unbindable");
    }
    return words;
  }
}
