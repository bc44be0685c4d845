package drydock.runtime;

import drydock.bytes.Origin;
import drydock.oci.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A runtime's container. Null is unknown.
 *
 * @param engine {@code containerd}, {@code docker}, {@code podman} ...
 * @param namespace the runtime's namespace ({@code k8s.io}, {@code moby}); not the pod's
 * @param name the name in its pod, or the engine's own name for it
 * @param attempt how often it had been made before in its pod (0 is the first)
 * @param image the reference it was made from, as people write it
 * @param imageDigest of the manifest or, where only that is known, of the config
 * @param command the process's arguments
 * @param updated when the runtime last wrote its record
 * @param runtime the shim: {@code io.containerd.runc.v2} ...
 * @param logPath on the node
 */
public record Container(
    String engine,
    String namespace,
    String id,
    @Nullable String name,
    @Nullable PodRef pod,
    @Nullable Integer attempt,
    @Nullable String image,
    @Nullable Digest imageDigest,
    List<String> command,
    ContainerState state,
    @Nullable Instant updated,
    Role role,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable String snapshotter,
    @Nullable String snapshotKey,
    @Nullable String runtime,
    @Nullable String hostname,
    @Nullable String logPath,
    Origin origin) {}
