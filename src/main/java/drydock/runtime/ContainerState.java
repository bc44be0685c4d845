package drydock.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a container went, as far as the disk tells; null is unknown.
 *
 * @param reason the runtime's word: {@code Completed}, {@code Error}, {@code OOMKilled} ...
 * @param pid on the node, of the first process, while it ran
 */
public record ContainerState(
    Status status,
    @Nullable Instant created,
    @Nullable Instant started,
    @Nullable Instant finished,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable String message,
    @Nullable Long pid) {}
