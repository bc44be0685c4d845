package drydock.checkpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine's documents in a checkpoint say of the container. Null and empty are what they do
 * not say.
 *
 * @param name of the container alone, as the pod or its user calls it
 * @param fullName as the engine calls it, where that is another name
 * @param podId of the sandbox
 * @param image as it was asked for
 * @param imageId of its configuration
 * @param runtime that ran it: a name or a path
 * @param started when its first process began to run
 * @param restored whether it had been restored from another checkpoint before
 * @param restarts how often the kubelet had started it anew
 * @param ips its addresses, with the length of the prefix where that is told
 */
public record ContainerFacts(
    @Nullable String id,
    @Nullable String name,
    @Nullable String fullName,
    @Nullable String pod,
    @Nullable String namespace,
    @Nullable String podUid,
    @Nullable String podId,
    @Nullable String image,
    @Nullable String imageId,
    @Nullable String imageDigest,
    @Nullable String runtime,
    @Nullable String hostname,
    @Nullable Instant created,
    @Nullable Instant started,
    @Nullable Instant checkpointed,
    @Nullable Boolean restored,
    @Nullable Instant restoredAt,
    @Nullable Long restarts,
    List<String> ips,
    List<String> macs,
    @Nullable String logPath,
    Map<String, String> labels,
    Map<String, String> annotations) {}
