package drydock.runtime;

import org.jspecify.annotations.Nullable;

/**
 * The pod that a container belongs to.
 *
 * @param sandboxId the id of the sandbox that it ran in
 */
public record PodRef(
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String uid,
    @Nullable String sandboxId) {}
