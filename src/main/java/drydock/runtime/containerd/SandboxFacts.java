package drydock.runtime.containerd;

import drydock.bytes.Origin;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pod's sandbox, put together from its pause container, the sandbox store and the CRI plugin's
 * directory.
 *
 * @param pid of its first process, as the specs of the containers that joined it tell
 * @param labels of the pause container or the store's record; for when the CRI metadata is lost
 */
record SandboxFacts(
    String namespace,
    String id,
    @Nullable CriSandbox cri,
    @Nullable Instant created,
    @Nullable String hostname,
    @Nullable Long pid,
    Map<String, String> labels,
    Origin origin) {
  @Nullable String podName() {
    return cri != null && cri.name() != null ? cri.name() : labels.get(PodLabels.NAME);
  }

  @Nullable String podNamespace() {
    return cri != null && cri.namespace() != null
        ? cri.namespace()
        : labels.get(PodLabels.NAMESPACE);
  }

  @Nullable String podUid() {
    return cri != null && cri.uid() != null ? cri.uid() : labels.get(PodLabels.UID);
  }
}
