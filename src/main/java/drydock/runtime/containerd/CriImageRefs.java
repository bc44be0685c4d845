package drydock.runtime.containerd;

import drydock.finding.FindingLog;
import drydock.oci.Digest;
import drydock.runtime.Container;
import java.io.IOException;
import java.util.Optional;

/**
 * The config that the CRI plugin noted when it made a container: it tells one image of an index.
 */
final class CriImageRefs {
  private final ContainerRecords records;
  private final FindingLog log;

  CriImageRefs(ContainerRecords records, FindingLog log) {
    this.records = records;
    this.log = log;
  }

  Optional<Digest> configOf(Container container) throws IOException {
    Optional<ContainerRecord> record = records.find(container.namespace(), container.id());
    if (record.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<TypedValue> metadata = record.get().extension(CriContainer.EXTENSION);
      if (metadata.isEmpty()) {
        return Optional.empty();
      }
      String ref = CriContainer.decode(metadata.get().value(), record.get().origin()).imageRef();
      return ref == null ? Optional.empty() : Digest.parse(ref);
    } catch (IOException e) {
      log.add(e, record.get().origin());
      return Optional.empty();
    }
  }
}
