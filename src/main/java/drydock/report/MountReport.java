package drydock.report;

import drydock.evidence.ContainerMount;
import drydock.runtime.PodRef;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code mount}. */
public final class MountReport {
  public static final Report<MountRow> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", m -> Value.of(m.container().engine())),
              Column.of("namespace", m -> Value.of(m.container().namespace())),
              Column.<MountRow>of("pod", m -> Value.of(ofPod(m, PodRef::name)))
                  .shown(m -> ContainerReport.podText(m.container().pod())),
              Column.of("pod_namespace", m -> Value.of(ofPod(m, PodRef::namespace))),
              Column.of("pod_uid", m -> Value.of(ofPod(m, PodRef::uid))),
              Column.<MountRow>of("name", m -> Value.of(m.container().name())).header("CONTAINER"),
              Column.<MountRow>of("container_id", m -> Value.id(m.container().id())).header("ID"),
              column("destination", m -> Value.of(m.spec().destination())),
              column("path", m -> new Value.Bytes(m.at().bytes())),
              column("type", m -> Value.of(m.spec().type())),
              column("source", m -> Value.of(m.spec().source())),
              column("options", m -> Value.of(m.spec().options())),
              column("kind", m -> Value.of(m.kind())),
              column("volume", m -> Value.of(m.volume())),
              column("sub_path", m -> Value.of(m.subPath())),
              column("status", m -> Value.of(m.status().label())),
              column("note", m -> Value.of(m.note())),
              column("guess", m -> Value.of(m.guess())),
              column("source_origin", m -> Value.of(m.source())),
              Column.of("origin", m -> Value.of(m.container().origin()))),
          List.of("pod", "name", "destination", "kind", "status", "source", "note"));

  private MountReport() {}

  private static Column<MountRow> column(
      String name, Function<ContainerMount, @Nullable Value> value) {
    return Column.of(name, m -> value.apply(m.mount()));
  }

  private static @Nullable String ofPod(MountRow row, Function<PodRef, @Nullable String> field) {
    PodRef pod = row.container().pod();
    return pod == null ? null : field.apply(pod);
  }
}
