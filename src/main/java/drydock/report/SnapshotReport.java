package drydock.report;

import drydock.runtime.Snapshot;
import java.util.List;

/** The record {@code snapshot}. */
public final class SnapshotReport {
  public static final Report<Snapshot> REPORT =
      new Report<>(
          List.of(
              Column.of("namespace", s -> Value.of(s.namespace())),
              Column.of("snapshotter", s -> Value.of(s.snapshotter())),
              Column.of("key", s -> Value.id(s.key())),
              Column.of("parent", s -> Value.id(s.parent())),
              Column.of("kind", s -> Value.of(s.kind())),
              Column.of("id", s -> Value.of(s.id())),
              Column.of("size", s -> Value.of(s.size())),
              Column.of("inodes", s -> Value.of(s.inodes())),
              Column.of("created", s -> Value.of(s.created())),
              Column.of("updated", s -> Value.of(s.updated())),
              Column.of("labels", s -> Value.of(s.labels())),
              Column.of("path", s -> Value.of(s.path())),
              Column.of("present", s -> Value.of(s.present())),
              Column.<Snapshot>of("used_by", s -> Value.of(s.usedBy()))
                  .shown(SnapshotReport::users),
              Column.of("origin", s -> Value.of(s.origin()))),
          List.of(
              "namespace",
              "snapshotter",
              "key",
              "parent",
              "kind",
              "id",
              "size",
              "inodes",
              "created",
              "present",
              "used_by"));

  private SnapshotReport() {}

  private static String users(Snapshot snapshot) {
    List<String> users = snapshot.usedBy().stream().map(id -> new Value.Id(id).brief()).toList();
    return users.isEmpty() ? "-" : String.join(",", users);
  }
}
