package drydock.runtime.containerd;

/**
 * The labels with which the kubelet names pods to a runtime (Kubernetes {@code
 * pkg/kubelet/types/labels.go}).
 */
final class PodLabels {
  static final String NAME = "io.kubernetes.pod.name";
  static final String NAMESPACE = "io.kubernetes.pod.namespace";
  static final String UID = "io.kubernetes.pod.uid";
  static final String CONTAINER = "io.kubernetes.container.name";

  private PodLabels() {}
}
