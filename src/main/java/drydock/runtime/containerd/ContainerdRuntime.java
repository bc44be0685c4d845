package drydock.runtime.containerd;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.TreePath;
import drydock.oci.Digest;
import drydock.oci.RuntimeSpec;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Lease;
import drydock.runtime.Mount;
import drydock.runtime.Namespace;
import drydock.runtime.Orders;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A containerd root on a node: the parts that read it, and what each of them answers. */
public final class ContainerdRuntime implements Runtime {
  static final String ENGINE = "containerd";

  private final EngineDirectory engine;
  private final MetadataDatabase database;
  private final ContainerRecords records;
  private final ContentStore store;
  private final ImageLayers layers;
  private final Chains chains;
  private final Documents documents;
  private final Once<Inventory> inventory;
  private final Once<List<Image>> images;
  private final Once<List<Snapshot>> snapshots;
  private final Once<List<Blob>> content;
  private final Once<List<Lease>> leases;

  ContainerdRuntime(FileTree node, String root, EngineSettings settings, FindingLog log) {
    this.engine = new EngineDirectory(node, root);
    this.database = new MetadataDatabase(engine, log);
    this.records = new ContainerRecords(database);
    this.store = new ContentStore(engine, log);
    CriState cri = new CriState(engine, log);
    ImageNames names = new ImageNames(database, log);
    ImageContent imageContent = new ImageContent(store, log);
    Snapshots all = new Snapshots(engine, database, records, settings, log);
    this.layers =
        new ImageLayers(database, imageContent, store, new CriImageRefs(records, log), all, log);
    this.chains = new Chains(all, layers, log);
    this.documents = new Documents(database, records, cri, layers, store, log);
    InventoryReader reader =
        new InventoryReader(
            new Drafts(database, records, cri, log),
            new Sandboxes(database, cri, log),
            new Tasks(engine),
            names,
            all,
            log);
    this.inventory = new Once<>(reader::read);
    this.images = new Once<>(new Images(names, imageContent, store, log)::list);
    Absences absences = new Absences(log);
    Blobs blobs = new Blobs(database, store, imageContent, names);
    this.snapshots = new Once<>(() -> absences.ofSnapshots(all));
    this.content = new Once<>(() -> absences.ofContent(blobs.list()));
    this.leases = new Once<>(new Leases(database)::list);
  }

  @Override
  public String engine() {
    return ENGINE;
  }

  @Override
  public String root() {
    return engine.root();
  }

  @Override
  public Origin origin() {
    return engine.origin();
  }

  @Override
  public List<Namespace> namespaces() throws IOException {
    List<Namespace> namespaces = new ArrayList<>();
    for (String name : database.namespaces()) {
      var bucket = database.bucket(name);
      if (bucket.isPresent()) {
        Fields fields = Fields.of(bucket.get());
        Origin origin = fields.origin().child("v1/" + name);
        namespaces.add(new Namespace(ENGINE, name, fields.map("labels"), origin));
      }
    }
    namespaces.sort(Orders.NAMESPACES);
    return List.copyOf(namespaces);
  }

  @Override
  public List<Container> containers() throws IOException {
    return inventory.get().containers();
  }

  @Override
  public List<Pod> pods() throws IOException {
    return inventory.get().pods();
  }

  @Override
  public List<Image> images() throws IOException {
    return images.get();
  }

  @Override
  public List<Snapshot> snapshots() throws IOException {
    return snapshots.get();
  }

  @Override
  public List<Blob> content() throws IOException {
    return content.get();
  }

  @Override
  public List<Lease> leases() throws IOException {
    return leases.get();
  }

  @Override
  public Optional<TreePath> contentPath(Digest digest) {
    return Optional.of(store.path(digest));
  }

  @Override
  public ByteSource content(Digest digest) throws IOException {
    return store.content(digest);
  }

  @Override
  public byte[] spec(Container container) throws IOException {
    Optional<ContainerRecord> record = records.find(container.namespace(), container.id());
    Optional<TypedValue> spec = record.isEmpty() ? Optional.empty() : record.get().spec();
    if (spec.isEmpty()) {
      throw new NoSuchFileException(
          "the spec of container " + container.id() + " is not in meta.db");
    }
    return spec.get().value();
  }

  @Override
  public List<String> environment(Container container) throws IOException {
    return RuntimeSpec.decode(spec(container), container.origin().child("spec")).env();
  }

  @Override
  public List<Mount> mounts(Container container) throws IOException {
    RuntimeSpec spec = RuntimeSpec.decode(spec(container), container.origin().child("spec"));
    List<Mount> mounts = new ArrayList<>();
    for (RuntimeSpec.Mount mount : spec.mounts()) {
      String destination = mount.destination();
      if (destination != null) {
        mounts.add(new Mount(destination, mount.type(), mount.source(), mount.options()));
      }
    }
    return List.copyOf(mounts);
  }

  @Override
  public List<SnapshotLink> chain(Container container) throws IOException {
    return chains.links(container);
  }

  @Override
  public FileTree rootFs(Container container) throws IOException {
    return chains.rootFs(container);
  }

  @Override
  public Optional<FileTree> baseFs(Container container) throws IOException {
    return chains.baseFs(container);
  }

  @Override
  public Optional<FileTree> imageFs(Image image) throws IOException {
    return chains.imageFs(image);
  }

  @Override
  public List<ImageLayer> history(Image image) throws IOException {
    return layers.history(image);
  }

  @Override
  public List<ImageLayer> history(Container container) throws IOException {
    return layers.history(container);
  }

  @Override
  public SortedMap<String, byte[]> documents(Container container) throws IOException {
    return documents.of(container);
  }
}
