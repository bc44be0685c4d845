package drydock.runtime.containerd;

import drydock.runtime.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pod is for, by its namespace: those in which clusters keep their own parts. A namespace
 * that anyone may give a program of their own (istio-system, monitoring ...) is no proof and is not
 * here.
 */
final class Roles {
  private static final Set<String> SUPPORT =
      Set.of(
          "kube-system", // Kubernetes itself
          "kube-node-lease",
          "kube-public",
          "gmp-system", // GKE: managed Prometheus
          "gmp-public",
          "config-management-system", // GKE: Config Sync
          "cnrm-system", // GKE: Config Connector
          "asm-system", // GKE: managed service mesh
          "calico-system", // network of AKS, EKS and others
          "tigera-operator",
          "kube-flannel",
          "local-path-storage", // kind
          "cattle-system"); // Rancher

  private static final String GKE_MANAGED = "gke-managed-";

  private Roles() {}

  static Role ofPod(@Nullable String namespace) {
    boolean support =
        namespace != null && (SUPPORT.contains(namespace) || namespace.startsWith(GKE_MANAGED));
    return support ? Role.SUPPORT : Role.WORKLOAD;
  }
}
