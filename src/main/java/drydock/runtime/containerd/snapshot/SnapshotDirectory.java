package drydock.runtime.containerd.snapshot;

import drydock.fs.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as a {@link Snapshotter} needs to know it.
 *
 * @param name for people: the snapshot's key
 * @param path its directory on the node; null when its id is not known
 * @param directory what is at that path, links followed; null when nothing is, or no directory
 * @param parent the directory that holds it and what belongs to it
 */
public record SnapshotDirectory(
    String name,
    SnapshotKind kind,
    Map<String, String> labels,
    @Nullable String path,
    @Nullable Node directory,
    @Nullable Node parent) {}
