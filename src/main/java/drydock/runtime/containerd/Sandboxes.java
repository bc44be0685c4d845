package drydock.runtime.containerd;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pods' sandboxes of both generations: pause containers, and records of the sandbox store. */
final class Sandboxes {
  private final MetadataDatabase database;
  private final CriState cri;
  private final FindingLog log;

  Sandboxes(MetadataDatabase database, CriState cri, FindingLog log) {
    this.database = database;
    this.cri = cri;
    this.log = log;
  }

  /** By id; of the containers' drafts those that are sandboxes, and what the store has besides. */
  SortedMap<String, SandboxFacts> join(List<ContainerDraft> drafts) throws IOException {
    Map<String, Long> pids = pids(drafts);
    Map<String, SandboxRecord> stored = stored();
    SortedMap<String, SandboxFacts> joined = new TreeMap<>();
    for (ContainerDraft draft : drafts) {
      if (draft.isSandbox()) {
        String id = draft.id();
        joined.put(id, facts(draft, stored.get(id), pids.get(id)));
      }
    }
    for (SandboxRecord record : stored.values()) {
      if (!joined.containsKey(record.id())) {
        joined.put(record.id(), facts(record, pids.get(record.id())));
      }
    }
    return joined;
  }

  private static Map<String, Long> pids(List<ContainerDraft> drafts) {
    Map<String, Long> pids = new HashMap<>();
    for (ContainerDraft draft : drafts) {
      String sandbox = draft.sandboxId();
      Long pid = draft.spec() == null ? null : draft.spec().sandboxPid();
      if (!draft.isSandbox() && sandbox != null && pid != null) {
        pids.put(sandbox, pid);
      }
    }
    return pids;
  }

  private Map<String, SandboxRecord> stored() throws IOException {
    Map<String, SandboxRecord> stored = new TreeMap<>();
    database.forEachSandbox(
        (namespace, id, bucket) -> stored.put(id, SandboxRecord.decode(namespace, id, bucket)));
    return stored;
  }

  private SandboxFacts facts(
      ContainerDraft draft, @Nullable SandboxRecord stored, @Nullable Long pid) throws IOException {
    // the store's copy is written again when the network is up, so it knows the addresses
    CriSandbox newer = stored == null ? null : metadata(stored).orElse(null);
    CriSandbox known = newer == null ? draft.sandbox() : newer;
    Instant created = draft.record() == null ? null : draft.record().created();
    if (created == null && stored != null) {
      created = stored.created();
    }
    String hostname = draft.spec() == null ? null : draft.spec().hostname();
    Map<String, String> labels = draft.record() == null ? Map.of() : draft.record().labels();
    return facts(
        draft.namespace(), draft.id(), known, created, hostname, pid, labels, draft.origin());
  }

  private SandboxFacts facts(SandboxRecord stored, @Nullable Long pid) throws IOException {
    return facts(
        stored.namespace(),
        stored.id(),
        metadata(stored).orElse(null),
        stored.created(),
        null,
        pid,
        stored.labels(),
        stored.origin());
  }

  private SandboxFacts facts(
      String namespace,
      String id,
      @Nullable CriSandbox metadata,
      @Nullable Instant created,
      @Nullable String specHostname,
      @Nullable Long pid,
      Map<String, String> labels,
      Origin origin)
      throws IOException {
    String hostname = specHostname;
    if (hostname == null && metadata != null) {
      hostname = metadata.hostname();
    }
    if (hostname == null) {
      hostname = cri.hostname(id);
    }
    return new SandboxFacts(namespace, id, metadata, created, hostname, pid, labels, origin);
  }

  private Optional<CriSandbox> metadata(SandboxRecord record) {
    try {
      Optional<TypedValue> any = record.extension(CriSandbox.STORE_EXTENSION);
      return any.isEmpty()
          ? Optional.empty()
          : Optional.of(CriSandbox.decode(any.get().value(), record.origin()));
    } catch (IOException e) {
      log.add(e, record.origin());
      return Optional.empty();
    }
  }
}
