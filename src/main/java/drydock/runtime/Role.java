package drydock.runtime;

import java.util.Locale;

/** What a container is for. */
public enum Role {
  /** Somebody's program. */
  WORKLOAD,
  /** Part of the cluster: kube-system and its like. */
  SUPPORT,
  /** The container that holds a pod's namespaces (pause). */
  SANDBOX;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
