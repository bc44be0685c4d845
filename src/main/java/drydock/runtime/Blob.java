package drydock.runtime;

import drydock.bytes.Origin;
import drydock.oci.Digest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of content in a runtime's store, or one that was being fetched. Null is unknown.
 *
 * @param namespace null for a file in the store that no namespace has a record of
 * @param digest null for an ingest whose digest is not yet known
 * @param size as the store noted it
 * @param mediaType as the documents that name it say
 * @param ref the ingest's reference; null for content that is whole
 * @param present whether the blob's file is on the disk, with that size
 */
public record Blob(
    String engine,
    @Nullable String namespace,
    @Nullable Digest digest,
    @Nullable Long size,
    @Nullable String mediaType,
    @Nullable Instant created,
    @Nullable Instant updated,
    Map<String, String> labels,
    @Nullable String ref,
    boolean present,
    Origin origin) {}
