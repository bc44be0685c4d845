package drydock.runtime;

import drydock.bytes.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What keeps content and snapshots from being collected.
 *
 * @param resources as {@code content/sha256:...}, {@code snapshots/overlayfs/KEY}, {@code
 *     ingests/REF}
 */
public record Lease(
    String namespace,
    String id,
    @Nullable Instant created,
    Map<String, String> labels,
    List<String> resources,
    Origin origin) {}
