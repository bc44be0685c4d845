package drydock.runtime;

import drydock.bytes.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A containerd snapshot. Null is unknown.
 *
 * @param namespace null where no database is left that tells
 * @param key as its namespace knows it; where no database tells it, the directory's name
 * @param parent the parent's key in the same namespace
 * @param kind {@code active}, {@code committed}, {@code view} or, where no database tells, {@code
 *     unknown}
 * @param id the snapshotter's own number, which names its directory
 * @param size in bytes and {@code inodes}: as the snapshotter noted when it committed it
 * @param path its directory on the node
 * @param present whether that directory is on the disk
 * @param usedBy ids of the containers whose writable layer it is
 */
public record Snapshot(
    @Nullable String namespace,
    String snapshotter,
    String key,
    @Nullable String parent,
    String kind,
    @Nullable String id,
    @Nullable Long size,
    @Nullable Long inodes,
    @Nullable Instant created,
    @Nullable Instant updated,
    Map<String, String> labels,
    @Nullable String path,
    boolean present,
    List<String> usedBy,
    Origin origin) {

  /** A layer that no snapshotter tells more of. */
  public static Snapshot of(
      @Nullable String namespace,
      String snapshotter,
      String key,
      String kind,
      boolean present,
      List<String> usedBy,
      Origin origin) {
    return new Snapshot(
        namespace,
        snapshotter,
        key,
        null,
        kind,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        present,
        usedBy,
        origin);
  }
}
