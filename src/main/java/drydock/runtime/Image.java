package drydock.runtime;

import drydock.bytes.Origin;
import drydock.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A name that a runtime keeps for an image. Null is unknown.
 *
 * @param name the reference, as stored
 * @param digest of what the name points at: an index or a manifest
 * @param platforms as {@code linux/amd64} or {@code linux/arm64/v8}, of those whose content is
 *     there
 * @param size in bytes, of all content that the image is made of and that is present
 */
public record Image(
    String engine,
    String namespace,
    String name,
    @Nullable Digest digest,
    @Nullable String mediaType,
    List<String> platforms,
    @Nullable Long size,
    @Nullable Instant created,
    @Nullable Instant updated,
    Map<String, String> labels,
    Origin origin) {}
