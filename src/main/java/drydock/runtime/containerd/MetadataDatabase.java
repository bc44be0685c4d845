package drydock.runtime.containerd;

import drydock.bolt.BoltFile;
import drydock.bolt.Bucket;
import drydock.bolt.EntryVisitor;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code meta.db}: what containerd knows of everything, by namespace (containerd {@code
 * core/metadata/buckets.go}).
 *
 * <pre>
 *   v1 ─┬─ version
 *       └─ NAMESPACE ─┬─ labels
 *                     ├─ containers/ID ── image, snapshotter, snapshotKey, spec, runtime ...
 *                     ├─ images/NAME ── target/{digest,mediatype,size}
 *                     ├─ snapshots/SNAPSHOTTER/KEY ── name, parent, children
 *                     ├─ content ─┬─ blob/DIGEST ── size
 *                     │           └─ ingests/REF ── ref, expected, expireat
 *                     ├─ leases/ID ── content, images, ingests, snapshots/SNAPSHOTTER
 *                     └─ sandboxes/ID ── spec, sandboxer, runtime, extensions
 *   NAMESPACE ── sandboxes/ID    where 1.7 has them, beside v1; 2.0 moves them
 * </pre>
 *
 * A database that is missing or cannot be read at all is a finding, once, and has no namespaces.
 */
final class MetadataDatabase {
  static final String PATH = "io.containerd.metadata.v1.bolt/meta.db";

  private static final String SCHEMA = "v1";
  private static final String SANDBOXES = "sandboxes";

  /** Is shown each record of the sandbox store. */
  @FunctionalInterface
  interface SandboxVisitor {
    void visit(String namespace, String id, Bucket bucket) throws IOException;
  }

  private final EngineDirectory engine;
  private final FindingLog log;
  private final Once<Optional<Bucket>> root = new Once<>(this::open);
  private final Once<Optional<Bucket>> schema = new Once<>(this::openSchema);
  private final Once<List<String>> namespaces = new Once<>(this::readNamespaces);

  MetadataDatabase(EngineDirectory engine, FindingLog log) {
    this.engine = engine;
    this.log = log;
  }

  /** Whether there is a database that has something to tell. */
  boolean isReadable() throws IOException {
    return schema.get().isPresent();
  }

  /** In the order of their bytes. */
  List<String> namespaces() throws IOException {
    return namespaces.get();
  }

  /** The bucket below a namespace's, by the names on the way. */
  Optional<Bucket> bucket(String namespace, String... names) throws IOException {
    Optional<Bucket> bucket = schema.get();
    if (bucket.isPresent()) {
      bucket = bucket.get().bucket(namespace);
    }
    for (String name : names) {
      if (bucket.isEmpty()) {
        return bucket;
      }
      bucket = bucket.get().bucket(name);
    }
    return bucket;
  }

  /** The sandboxes of a namespace's store, as any version keeps them. */
  void forEachSandbox(SandboxVisitor visitor) throws IOException {
    for (String namespace : namespaces()) {
      forEach(bucket(namespace, SANDBOXES), (id, bucket) -> visitor.visit(namespace, id, bucket));
    }
    forEach(
        root.get(),
        (namespace, beside) -> {
          if (!namespace.equals(SCHEMA)) {
            forEach(beside.bucket(SANDBOXES), (id, bucket) -> visitor.visit(namespace, id, bucket));
          }
        });
  }

  /** The record of a sandbox's store. */
  Optional<Bucket> sandbox(String namespace, String id) throws IOException {
    Optional<Bucket> found = bucket(namespace, SANDBOXES, id);
    if (found.isPresent() || root.get().isEmpty() || namespace.equals(SCHEMA)) {
      return found;
    }
    Optional<Bucket> beside = root.get().get().bucket(namespace);
    Optional<Bucket> all = beside.isEmpty() ? beside : beside.get().bucket(SANDBOXES);
    return all.isEmpty() ? all : all.get().bucket(id);
  }

  /**
   * Shows every bucket inside one: the records of a kind. A record that cannot be read is a finding
   * and the next one follows.
   */
  void forEach(Optional<Bucket> parent, Fields.Each each) throws IOException {
    if (parent.isPresent()) {
      parent.get().forEach(new Records(each, log));
    }
  }

  private Optional<Bucket> open() throws IOException {
    var file = engine.file(PATH);
    Origin origin = engine.originOf(PATH);
    if (file.isEmpty()) {
      log.add(
          Finding.missing(
              origin, "there is no meta.db: what containerd knew of its containers is lost"));
      return Optional.empty();
    }
    try {
      return Optional.of(BoltFile.open(file.get().content(), log).root());
    } catch (IOException e) {
      log.add(e, origin);
      return Optional.empty();
    }
  }

  private Optional<Bucket> openSchema() throws IOException {
    Optional<Bucket> all = root.get();
    if (all.isEmpty()) {
      return all;
    }
    Optional<Bucket> v1 = all.get().bucket(SCHEMA);
    if (v1.isEmpty()) {
      String what = "meta.db has no bucket v1: it knows of nothing";
      log.add(Finding.damage(engine.originOf(PATH), 0, what));
    }
    return v1;
  }

  private List<String> readNamespaces() throws IOException {
    List<String> names = new ArrayList<>();
    forEach(schema.get(), (name, bucket) -> names.add(name));
    return List.copyOf(names);
  }

  private record Records(Fields.Each each, FindingLog log) implements EntryVisitor {
    @Override
    public void bucket(Bucket bucket) {
      try {
        each.accept(bucket.nameText(), bucket);
      } catch (IOException e) {
        log.add(e, bucket.origin());
      }
    }
  }
}
