package drydock.evidence;

import drydock.bytes.Origin;
import drydock.fs.TreePath;
import drydock.runtime.Mount;
import org.jspecify.annotations.Nullable;

/**
 * A mount of a container, and what the evidence has of it.
 *
 * @param spec in the spec's own words
 * @param at where it appears in the container, links resolved as its runtime did
 * @param kind the file system's type, the kind of volume ({@code csi}, {@code empty-dir} ...), or
 *     what else is bound: {@code host-path}, {@code etc-hosts}, {@code termination-log} ...
 * @param volume the name of the volume that it is, or is a part of; null for all else
 * @param subPath of a part of a volume, where it lies in it; null where that is unknown, too
 * @param note what there is to say of the status; null when nothing
 * @param guess whether what is shown there is a guess
 * @param source where what is mounted lies, or would
 */
public record ContainerMount(
    Mount spec,
    TreePath at,
    String kind,
    @Nullable String volume,
    @Nullable String subPath,
    MountStatus status,
    @Nullable String note,
    boolean guess,
    Origin source) {

  /** The same, not there any more. */
  ContainerMount unmounted() {
    String why = "in the spec, and not mounted any more when the container was frozen";
    return new ContainerMount(
        spec, at, kind, volume, subPath, MountStatus.UNMOUNTED, why, guess, source);
  }

  /** The same, under a later one. */
  ContainerMount coveredBy(TreePath later) {
    String why = "under the later mount at " + later;
    return new ContainerMount(
        spec, at, kind, volume, subPath, MountStatus.COVERED, why, guess, source);
  }
}
