package drydock.kubernetes;

import drydock.bytes.Origin;
import org.jspecify.annotations.Nullable;

/**
 * A volume that a kubelet had on the node. Null is unknown.
 *
 * @param podUid the pod that had it; null for one that the node had and no pod is known of
 * @param name the pod's name for it; for a claim's that of the persistent volume
 * @param plugin the name of its directory, {@code kubernetes.io~csi}; null where only a sub path
 *     tells of it
 * @param driver the CSI driver
 * @param handle by which its driver knows it
 * @param path where the pod's containers had it from, on the node; null where only a sub path tells
 * @param globalPath where the node had it for all pods
 */
public record Volume(
    @Nullable String podUid,
    @Nullable String name,
    @Nullable String plugin,
    @Nullable String driver,
    @Nullable String handle,
    @Nullable String path,
    @Nullable String globalPath,
    Origin origin) {

  /** What keeps its content; a volume that only a sub path tells of may be of any kind. */
  public @Nullable Storage storage() {
    return plugin == null ? null : Storage.of(plugin);
  }

  /** The same with what the node's own mount of it tells. */
  Volume with(Volume global) {
    return new Volume(
        podUid,
        name,
        plugin == null ? global.plugin : plugin,
        driver == null ? global.driver : driver,
        handle == null ? global.handle : handle,
        path,
        global.globalPath,
        origin);
  }
}
