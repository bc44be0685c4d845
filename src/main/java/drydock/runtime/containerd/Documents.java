package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.runtime.Container;
import drydock.runtime.PodRef;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The documents that containerd keeps on a container besides its spec, JSON to the byte. */
final class Documents {
  private final MetadataDatabase database;
  private final ContainerRecords records;
  private final CriState cri;
  private final ImageLayers layers;
  private final ContentStore store;
  private final FindingLog log;

  Documents(
      MetadataDatabase database,
      ContainerRecords records,
      CriState cri,
      ImageLayers layers,
      ContentStore store,
      FindingLog log) {
    this.database = database;
    this.records = records;
    this.cri = cri;
    this.layers = layers;
    this.store = store;
    this.log = log;
  }

  SortedMap<String, byte[]> of(Container container) throws IOException {
    SortedMap<String, byte[]> documents = new TreeMap<>();
    Optional<ContainerRecord> record = records.find(container.namespace(), container.id());
    if (record.isPresent()) {
      addRecord(record.get(), documents);
    }
    Optional<Node> status = cri.statusFile(container.id());
    if (status.isPresent() && container.namespace().equals(Drafts.CRI_NAMESPACE)) {
      documents.put("cri.status", status.get().content().allBytes(EngineDirectory.MAX_STATE_FILE));
    }
    PodRef pod = container.pod();
    if (pod != null && pod.sandboxId() != null) {
      addSandbox(container, pod.sandboxId(), documents);
    }
    addImage(container, documents);
    return documents;
  }

  private void addRecord(ContainerRecord record, SortedMap<String, byte[]> documents)
      throws IOException {
    Fields fields = Fields.of(record.bucket());
    Optional<Fields> extensions = fields.nested("extensions");
    if (extensions.isPresent()) {
      addValues(extensions.get(), fields.values("extensions"), "extension.", documents);
    }
    Optional<TypedValue> options = record.runtimeOptions();
    options.ifPresent(any -> documents.put("runtime.options", json(any)));
  }

  private void addSandbox(
      Container container, String sandboxId, SortedMap<String, byte[]> documents)
      throws IOException {
    Optional<ContainerRecord> pause = records.find(container.namespace(), sandboxId);
    if (pause.isPresent() && !sandboxId.equals(container.id())) {
      Optional<TypedValue> metadata = pause.get().extension(CriSandbox.EXTENSION);
      metadata.ifPresent(any -> documents.put("sandbox.metadata", json(any)));
    }
    Optional<Bucket> stored = database.sandbox(container.namespace(), sandboxId);
    if (stored.isPresent()) {
      Fields fields = Fields.of(stored.get());
      addValues(fields, fields.values("extensions"), "sandbox.store.", documents);
      fields.any("spec").ifPresent(any -> documents.put("sandbox.store.spec", json(any)));
    }
  }

  private void addImage(Container container, SortedMap<String, byte[]> documents)
      throws IOException {
    Optional<ImageLayers.Resolved> image = layers.resolve(container);
    if (image.isEmpty()) {
      return;
    }
    Digest target = container.imageDigest();
    if (target != null && !target.equals(image.get().manifest())) {
      addBlob("image.index", target, documents);
    }
    addBlob("image.manifest", image.get().manifest(), documents);
    Optional<Descriptor> config = image.get().document().config();
    Digest configDigest = config.map(Descriptor::digest).orElse(null);
    if (configDigest != null) {
      addBlob("image.config", configDigest, documents);
    }
  }

  private void addBlob(String name, Digest digest, SortedMap<String, byte[]> documents)
      throws IOException {
    Optional<Node> file = store.file(digest);
    if (file.isPresent()) {
      documents.put(name, file.get().content().allBytes(ImageDocument.MAX_BYTES));
    }
  }

  private void addValues(
      Fields where,
      SortedMap<String, byte[]> values,
      String prefix,
      SortedMap<String, byte[]> documents) {
    for (Map.Entry<String, byte[]> entry : values.entrySet()) {
      try {
        TypedValue any = TypedValue.decode(entry.getValue(), where.origin().child(entry.getKey()));
        documents.put(name(prefix, entry.getKey()), json(any));
      } catch (IOException e) {
        log.add(e, where.origin());
      }
    }
  }

  private static String name(String prefix, String key) {
    return switch (key) {
      case CriContainer.EXTENSION -> "cri.metadata";
      case CriSandbox.EXTENSION -> "sandbox.metadata";
      default -> prefix + key;
    };
  }

  private static byte[] json(TypedValue any) {
    return any.isJson() ? any.value() : TypedJson.of(any);
  }
}
