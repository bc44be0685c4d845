package drydock.evidence;

import drydock.kubernetes.Volume;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A volume and what the evidence has of it.
 *
 * @param status whether its content is there
 * @param note what there is to say of that; null when nothing
 * @param disk the partition that holds it, when it is one of a disk that was added
 * @param guess whether that this is the one is a guess
 * @param usedBy the containers that mount it, as {@code ID:/destination}
 */
public record PlacedVolume(
    Volume volume,
    MountStatus status,
    @Nullable String note,
    @Nullable OpenedPartition disk,
    boolean guess,
    SortedSet<String> usedBy) {}
