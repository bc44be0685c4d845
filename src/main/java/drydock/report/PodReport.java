package drydock.report;

import drydock.runtime.Pod;
import java.util.List;

/** The record {@code pod}. */
public final class PodReport {
  public static final Report<Pod> REPORT =
      new Report<>(
          List.of(
              Column.of("engine", p -> Value.of(p.engine())),
              Column.of("namespace", p -> Value.of(p.namespace())),
              Column.<Pod>of("name", p -> Value.of(p.name())).header("POD"),
              Column.of("uid", p -> Value.of(p.uid())),
              Column.<Pod>of("sandbox_id", p -> Value.id(p.sandboxId())).header("SANDBOX"),
              Column.of("attempt", p -> Value.of(p.attempt())),
              Column.of("created", p -> Value.of(p.created())),
              Column.of("status", p -> Value.of(p.status())),
              Column.<Pod>of("ip", p -> Value.of(p.ips().isEmpty() ? null : p.ips().get(0))),
              Column.of("additional_ips", PodReport::additional),
              Column.of("host_network", p -> Value.of(p.hostNetwork())),
              Column.<Pod>of("containers", p -> Value.of(p.containers()))
                  .shown(p -> Integer.toString(p.containers().size())),
              Column.of("labels", p -> Value.of(p.labels())),
              Column.of("annotations", p -> Value.of(p.annotations())),
              Column.of("log_directory", p -> Value.of(p.logDirectory())),
              Column.of("hostname", p -> Value.of(p.hostname())),
              Column.of("runtime_handler", p -> Value.of(p.runtimeHandler())),
              Column.of("runtime_namespace", p -> Value.of(p.runtimeNamespace())),
              Column.of("origin", p -> Value.of(p.origin()))),
          List.of(
              "namespace",
              "name",
              "sandbox_id",
              "created",
              "status",
              "ip",
              "host_network",
              "containers",
              "attempt"));

  private PodReport() {}

  private static Value additional(Pod pod) {
    return Value.of(pod.ips().isEmpty() ? List.of() : pod.ips().subList(1, pod.ips().size()));
  }
}
