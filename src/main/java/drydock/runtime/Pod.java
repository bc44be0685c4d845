package drydock.runtime;

import drydock.bytes.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod's sandbox; a pod that was restarted has several. Null is unknown.
 *
 * @param runtimeNamespace the runtime's namespace it is kept in
 * @param status {@code ready} or {@code notready}, as far as the disk tells, else {@code unknown}
 * @param ips the first is the pod's, the others are of its second families
 * @param containers ids, of the containers that ran in it
 */
public record Pod(
    String engine,
    String runtimeNamespace,
    @Nullable String namespace,
    @Nullable String name,
    @Nullable String uid,
    String sandboxId,
    @Nullable Integer attempt,
    @Nullable Instant created,
    String status,
    List<String> ips,
    @Nullable Boolean hostNetwork,
    List<String> containers,
    Map<String, String> labels,
    Map<String, String> annotations,
    @Nullable String logDirectory,
    @Nullable String hostname,
    @Nullable String runtimeHandler,
    Origin origin) {}
