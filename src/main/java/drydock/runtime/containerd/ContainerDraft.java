package drydock.runtime.containerd;

import drydock.bytes.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the disk tell of a container, before they are joined. Null is what is not
 * there.
 *
 * @param record in meta.db; null for one that is only known from the CRI plugin's directory
 * @param isSandbox whether it holds a pod's namespaces
 */
record ContainerDraft(
    String namespace,
    String id,
    @Nullable ContainerRecord record,
    @Nullable SpecHead spec,
    @Nullable CriContainer cri,
    @Nullable CriSandbox sandbox,
    @Nullable CriStatus status,
    boolean isSandbox,
    Origin origin) {
  /** The sandbox that it runs in, or is. */
  @Nullable String sandboxId() {
    if (isSandbox) {
      return id;
    }
    String said = cri == null ? null : cri.sandboxId();
    return said == null && record != null ? record.sandboxId() : said;
  }

  @Nullable String label(String key) {
    return record == null ? null : record.labels().get(key);
  }

  @Nullable String specAnnotation(String key) {
    return spec == null ? null : spec.annotations().get(key);
  }
}
