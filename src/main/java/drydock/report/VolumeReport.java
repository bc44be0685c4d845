package drydock.report;

import drydock.evidence.OpenedPartition;
import drydock.kubernetes.Storage;
import drydock.kubernetes.Volume;
import drydock.runtime.PodRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code volume}. */
public final class VolumeReport {
  public static final Report<VolumeRow> REPORT =
      new Report<>(
          List.of(
              Column.<VolumeRow>of("pod", v -> Value.of(v.pod() == null ? null : v.pod().name()))
                  .shown(VolumeReport::podText),
              Column.of(
                  "pod_namespace", v -> Value.of(v.pod() == null ? null : v.pod().namespace())),
              column("pod_uid", Volume::podUid),
              Column.<VolumeRow>of("name", v -> Value.of(v.placed().volume().name()))
                  .header("VOLUME"),
              column("kind", v -> v.plugin() == null ? null : Storage.kind(v.plugin())),
              column("driver", Volume::driver),
              column("handle", Volume::handle),
              column("path", Volume::path),
              column("global_path", Volume::globalPath),
              Column.of("status", v -> Value.of(v.placed().status().label())),
              Column.of("note", v -> Value.of(v.placed().note())),
              Column.of("guess", v -> Value.of(v.placed().guess())),
              Column.of("disk", v -> disk(v.placed().disk())),
              Column.<VolumeRow>of("used_by", v -> Value.of(new ArrayList<>(v.placed().usedBy())))
                  .shown(v -> Integer.toString(v.placed().usedBy().size())),
              Column.of("origin", v -> Value.of(v.placed().volume().origin()))),
          List.of("pod", "name", "kind", "status", "guess", "disk", "used_by", "note"));

  private VolumeReport() {}

  private static Column<VolumeRow> column(String name, Function<Volume, @Nullable String> value) {
    return Column.of(name, v -> Value.of(value.apply(v.placed().volume())));
  }

  /** A pod that no engine knows is shown by its UID. */
  private static @Nullable String podText(VolumeRow row) {
    PodRef pod = row.pod();
    String uid = row.placed().volume().podUid();
    return pod != null || uid == null ? ContainerReport.podText(pod) : Escape.text(uid);
  }

  private static @Nullable Value disk(@Nullable OpenedPartition disk) {
    return disk == null ? null : Value.of(disk.partition().bytes().origin());
  }
}
