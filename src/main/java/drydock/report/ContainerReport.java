package drydock.report;

import drydock.runtime.Container;
import drydock.runtime.PodRef;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The record {@code container}. */
public final class ContainerReport {
  public static final Report<Container> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", c -> Value.of(c.engine())),
              Column.of("namespace", c -> Value.of(c.namespace())),
              Column.of("id", c -> Value.id(c.id())),
              Column.<Container>of("name", c -> Value.of(c.name())).header("CONTAINER"),
              Column.<Container>of("pod", c -> Value.of(ofPod(c, PodRef::name)))
                  .shown(c -> podText(c.pod())),
              Column.of("pod_namespace", c -> Value.of(ofPod(c, PodRef::namespace))),
              Column.of("pod_uid", c -> Value.of(ofPod(c, PodRef::uid))),
              Column.of("sandbox_id", c -> Value.id(ofPod(c, PodRef::sandboxId))),
              Column.<Container>of("attempt", c -> Value.of(c.attempt())).header("RESTARTS"),
              Column.of("image", c -> Value.of(c.image())),
              Column.of("image_digest", c -> Value.id(c.imageDigest())),
              Column.of("command", c -> Value.of(c.command())),
              Column.of("created", c -> Value.of(c.state().created())),
              Column.of("started", c -> Value.of(c.state().started())),
              Column.of("finished", c -> Value.of(c.state().finished())),
              Column.<Container>of("status", c -> Value.of(c.state().status().label()))
                  .shown(ContainerReport::statusText),
              Column.<Container>of("exit_code", c -> Value.of(c.state().exitCode())).header("EXIT"),
              Column.of("reason", c -> Value.of(c.state().reason())),
              Column.of("message", c -> Value.of(c.state().message())),
              Column.of("pid", c -> Value.of(c.state().pid())),
              Column.of("role", c -> Value.of(c.role().label())),
              Column.of("labels", c -> Value.of(c.labels())),
              Column.of("annotations", c -> Value.of(c.annotations())),
              Column.of("snapshotter", c -> Value.of(c.snapshotter())),
              Column.of("snapshot_key", c -> Value.id(c.snapshotKey())),
              Column.of("runtime", c -> Value.of(c.runtime())),
              Column.of("hostname", c -> Value.of(c.hostname())),
              Column.of("log_path", c -> Value.of(c.logPath())),
              Column.of("updated", c -> Value.of(c.updated())),
              Column.of("origin", c -> Value.of(c.origin()))),
          List.of(
              "namespace",
              "pod",
              "name",
              "id",
              "image",
              "created",
              "status",
              "exit_code",
              "pid",
              "attempt",
              "role"));

  private ContainerReport() {}

  /** {@code NAMESPACE/POD}, as a selector takes it. */
  public static @Nullable String podText(@Nullable PodRef pod) {
    if (pod == null || (pod.name() == null && pod.namespace() == null)) {
      return "-";
    }
    String name = pod.name() == null ? "-" : pod.name();
    return Escape.text(pod.namespace() == null ? name : pod.namespace() + "/" + name);
  }

  /** {@code exited (137) OOMKilled}. */
  public static String statusText(Container container) {
    var state = container.state();
    String exit = state.exitCode() == null ? "" : " (" + state.exitCode() + ")";
    String reason = state.reason() == null || state.reason().isEmpty() ? "" : " " + state.reason();
    return Escape.text(state.status().label() + exit + reason);
  }

  private static @Nullable String ofPod(
      Container container, Function<PodRef, @Nullable String> field) {
    PodRef pod = container.pod();
    return pod == null ? null : field.apply(pod);
  }
}
