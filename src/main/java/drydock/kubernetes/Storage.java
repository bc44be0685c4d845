package drydock.kubernetes;

import java.util.Set;

/** Where the volumes of a plugin keep their content. */
public enum Storage {
  /** In directories of the node. */
  NODE,
  /** In the node's memory. */
  MEMORY,
  /** Mostly on disks of their own. */
  DISK,
  /** On other machines. */
  NETWORK;

  private static final Set<String> ON_NODE =
      Set.of("empty-dir", "configmap", "host-path", "git-repo");
  private static final Set<String> IN_MEMORY = Set.of("secret", "projected", "downward-api");
  private static final Set<String> ON_NETWORK =
      Set.of("nfs", "cephfs", "glusterfs", "azure-file", "quobyte");

  /** Of a plugin by the name of its directory, {@code kubernetes.io~nfs}. */
  public static Storage of(String plugin) {
    String kind = kind(plugin);
    if (ON_NODE.contains(kind)) {
      return NODE;
    }
    if (IN_MEMORY.contains(kind)) {
      return MEMORY;
    }
    return ON_NETWORK.contains(kind) ? NETWORK : DISK;
  }

  /** The plugin's name without Kubernetes' own domain: {@code csi}, {@code empty-dir} ... */
  public static String kind(String plugin) {
    return plugin.startsWith("kubernetes.io~")
        ? plugin.substring("kubernetes.io~".length())
        : plugin.replace('~', '/');
  }
}
