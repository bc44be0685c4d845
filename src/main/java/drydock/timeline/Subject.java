package drydock.timeline;

import drydock.kubernetes.ContainerLogs;
import drydock.runtime.Container;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import org.jspecify.annotations.Nullable;

/**
 * Whom an event is about. Null is unknown, or does not apply.
 *
 * @param namespace the runtime's; not the pod's
 * @param container the name in its pod, or the engine's own name for it
 */
public record Subject(
    @Nullable String engine,
    @Nullable String namespace,
    @Nullable String podNamespace,
    @Nullable String pod,
    @Nullable String podUid,
    @Nullable String container,
    @Nullable String containerId,
    @Nullable String image) {
  /** The node itself. */
  public static final Subject NODE = new Subject(null, null, null, null, null, null, null, null);

  public static Subject of(Container container) {
    PodRef pod = container.pod();
    return new Subject(
        container.engine(),
        container.namespace(),
        pod == null ? null : pod.namespace(),
        pod == null ? null : pod.name(),
        pod == null ? null : pod.uid(),
        container.name(),
        container.id(),
        container.image());
  }

  public static Subject of(Pod pod) {
    return new Subject(
        pod.engine(),
        pod.runtimeNamespace(),
        pod.namespace(),
        pod.name(),
        pod.uid(),
        null,
        pod.sandboxId(),
        null);
  }

  /** What an engine keeps in a namespace. */
  static Subject of(String engine, @Nullable String namespace, @Nullable String image) {
    return new Subject(engine, namespace, null, null, null, null, null, image);
  }

  /** A pod of which only the kubelet's directories tell. */
  static Subject ofPod(@Nullable String namespace, @Nullable String pod, @Nullable String uid) {
    return new Subject(null, null, namespace, pod, uid, null, null, null);
  }

  /**
   * A container of which its log tells.
   *
   * @param id null when nothing tells it
   */
  public static Subject of(ContainerLogs logs, @Nullable String id) {
    return new Subject(
        null, null, logs.namespace(), logs.pod(), logs.podUid(), logs.container(), id, null);
  }

  /** The same of a container in the pod. */
  Subject within(String name) {
    return new Subject(engine, namespace, podNamespace, pod, podUid, name, null, null);
  }

  /** What people call it: {@code namespace/pod/container}, as much as is known. */
  public String label() {
    StringBuilder label = new StringBuilder();
    for (String part : new @Nullable String[] {podNamespace, pod}) {
      label.append(part == null ? "" : part + "/");
    }
    String last = container == null && pod == null ? containerId : container;
    if (last != null) {
      return label.append(last).toString();
    }
    return label.isEmpty() ? "" : label.substring(0, label.length() - 1);
  }
}
