package drydock.runtime;

import drydock.oci.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of an image's history, with the layer that it made. Null is unknown or, for a step that
 * made no layer, not there.
 *
 * @param index of the step, from the base up
 * @param digest of the layer's archive
 * @param diffId of the layer unpacked
 * @param chainId of the layer and all below it: the key of its snapshot
 * @param size of the archive in bytes
 * @param emptyLayer whether the step made none
 * @param snapshotPath the unpacked layer's directory on the node
 * @param contentPresent whether the archive is in the content store
 * @param snapshotPresent whether the unpacked layer is on the disk
 */
public record ImageLayer(
    int index,
    @Nullable Digest digest,
    @Nullable Digest diffId,
    @Nullable Digest chainId,
    @Nullable String mediaType,
    @Nullable Long size,
    @Nullable Instant created,
    @Nullable String createdBy,
    @Nullable String comment,
    @Nullable String author,
    boolean emptyLayer,
    @Nullable String snapshotKey,
    @Nullable String snapshotPath,
    boolean contentPresent,
    boolean snapshotPresent) {}
