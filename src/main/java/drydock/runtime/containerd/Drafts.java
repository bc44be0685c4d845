package drydock.runtime.containerd;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what there is of each container: its record, its spec's head, its CRI metadata and status.
 */
final class Drafts {
  /**
   * The namespace that the CRI plugin keeps everything in (containerd {@code
   * internal/cri/constants}).
   */
  static final String CRI_NAMESPACE = "k8s.io";

  private static final String KIND_LABEL = "io.cri-containerd.kind";

  private final MetadataDatabase database;
  private final ContainerRecords records;
  private final CriState cri;
  private final FindingLog log;

  Drafts(MetadataDatabase database, ContainerRecords records, CriState cri, FindingLog log) {
    this.database = database;
    this.records = records;
    this.cri = cri;
    this.log = log;
  }

  List<ContainerDraft> read() throws IOException {
    List<ContainerDraft> drafts = new ArrayList<>();
    Set<String> known = new HashSet<>();
    TreeSet<String> statusIds = cri.containerIds();
    records.forEachBucket(
        (namespace, id, bucket) -> {
          known.add(id);
          drafts.add(draft(ContainerRecord.decode(namespace, id, bucket), statusIds));
        });
    addUnrecorded(statusIds, known, false, drafts);
    addUnrecorded(cri.sandboxIds(), storedSandboxes(known), true, drafts);
    return drafts;
  }

  private ContainerDraft draft(ContainerRecord record, Set<String> statusIds) throws IOException {
    String kind = record.labels().get(KIND_LABEL);
    CriContainer container =
        decoded(record, CriContainer.EXTENSION, CriContainer::decode).orElse(null);
    CriSandbox sandbox = decoded(record, CriSandbox.EXTENSION, CriSandbox::decode).orElse(null);
    boolean hasStatus = record.namespace().equals(CRI_NAMESPACE) && statusIds.contains(record.id());
    return new ContainerDraft(
        record.namespace(),
        record.id(),
        record,
        spec(record).orElse(null),
        container,
        sandbox,
        hasStatus ? cri.status(record.id()).orElse(null) : null,
        "sandbox".equals(kind) || sandbox != null,
        record.origin());
  }

  private void addUnrecorded(
      TreeSet<String> ids, Set<String> known, boolean sandboxes, List<ContainerDraft> drafts)
      throws IOException {
    for (String id : ids) {
      if (!known.contains(id)) {
        Origin origin = cri.origin(sandboxes ? "sandboxes" : "containers", id);
        String what = sandboxes ? "sandbox " : "container ";
        log.add(
            Finding.missing(
                origin, what + id + " has a directory of the CRI plugin and no record in meta.db"));
        CriStatus status = sandboxes ? null : cri.status(id).orElse(null);
        drafts.add(
            new ContainerDraft(
                CRI_NAMESPACE, id, null, null, null, null, status, sandboxes, origin));
      }
    }
  }

  /** A sandbox that is no pause container has a record in the sandbox store alone. */
  private Set<String> storedSandboxes(Set<String> known) throws IOException {
    database.forEachSandbox((namespace, id, bucket) -> known.add(id));
    return known;
  }

  private Optional<SpecHead> spec(ContainerRecord record) {
    try {
      Optional<TypedValue> spec = record.spec();
      return spec.isEmpty()
          ? Optional.empty()
          : Optional.of(SpecHead.decode(spec.get().value(), record.origin().child("spec")));
    } catch (IOException e) {
      log.add(e, record.origin());
      return Optional.empty();
    }
  }

  /** Makes something of a JSON document. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode(byte[] json, Origin origin) throws IOException;
  }

  private <T> Optional<T> decoded(ContainerRecord record, String extension, Decoder<T> decoder) {
    try {
      Optional<TypedValue> any = record.extension(extension);
      return any.isEmpty()
          ? Optional.empty()
          : Optional.of(decoder.decode(any.get().value(), record.origin().child(extension)));
    } catch (IOException e) {
      log.add(e, record.origin());
      return Optional.empty();
    }
  }
}
