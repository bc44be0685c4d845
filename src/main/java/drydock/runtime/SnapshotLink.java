package drydock.runtime;

import drydock.oci.Digest;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot in a container's chain, the writable one first.
 *
 * @param layerDigest of the image layer that was unpacked into it, where the image tells
 * @param diffId of that layer unpacked
 */
public record SnapshotLink(
    Snapshot snapshot, @Nullable Digest layerDigest, @Nullable Digest diffId) {}
