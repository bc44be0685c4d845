package drydock.report;

import drydock.runtime.Container;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code variable}: one of a container's environment. */
public final class VariableReport {
  /** {@code NAME=value}; what has no {@code =} is all name. */
  public record Variable(Container container, String name, String value) {
    public static Variable of(Container container, String text) {
      int equals = text.indexOf('=');
      return equals < 0
          ? new Variable(container, text, "")
          : new Variable(container, text.substring(0, equals), text.substring(equals + 1));
    }
  }

  public static final Report<Variable> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", v -> Value.of(v.container().engine())),
              Column.of("namespace", v -> Value.of(v.container().namespace())),
              Column.of("id", v -> Value.id(v.container().id())),
              Column.<Variable>of("container", v -> Value.of(v.container().name())),
              Column.<Variable>of("pod", v -> Value.of(podName(v)))
                  .shown(v -> ContainerReport.podText(v.container().pod())),
              Column.of("pod_namespace", v -> Value.of(podNamespace(v))),
              Column.<Variable>of("name", v -> Value.of(v.name())).header("VARIABLE"),
              Column.of("value", v -> Value.of(v.value())),
              Column.of("origin", v -> Value.of(v.container().origin()))),
          List.of("namespace", "pod", "container", "id", "name", "value"));

  private VariableReport() {}

  private static @Nullable String podName(Variable variable) {
    var pod = variable.container().pod();
    return pod == null ? null : pod.name();
  }

  private static @Nullable String podNamespace(Variable variable) {
    var pod = variable.container().pod();
    return pod == null ? null : pod.namespace();
  }
}
