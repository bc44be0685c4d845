package drydock.evidence.frozen;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Node;
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
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The containers of a checkpoint as a runtime that has no others: one, or those of a pod. Safe from
 * many threads.
 */
public final class FrozenRuntime implements Runtime {
  private static final String SPEC = "spec.dump";
  private static final List<String> DOCUMENTS =
      List.of("config.dump", "status.dump", "status", "network.status", "bind.mounts");

  /** A container with what it was read from. */
  private record Frozen(Checkpoint checkpoint, Container container) {}

  private final List<Frozen> frozen = new ArrayList<>();
  private final BaseSource bases;
  private final List<Pod> pods;
  private final FindingLog log;
  private final Map<Checkpoint, FrozenLayers> layers = new IdentityHashMap<>();
  private final Map<Checkpoint, Optional<Base>> found = new IdentityHashMap<>();

  /**
   * @param bases where the layers of their images may be
   * @param pods those of the node, where it is known
   */
  public FrozenRuntime(
      List<Checkpoint> checkpoints, BaseSource bases, List<Pod> pods, FindingLog log)
      throws IOException {
    this.bases = bases;
    this.log = log;
    for (Checkpoint each : checkpoints) {
      frozen.add(new Frozen(each, FrozenContainer.of(each, each.spec().orElse(null))));
    }
    this.pods = FrozenContainer.pods(containers(), pods);
  }

  /** The checkpoint that a container was read from. */
  public Checkpoint checkpoint(Container container) {
    for (Frozen each : frozen) {
      if (each.container.equals(container)) {
        return each.checkpoint;
      }
    }
    throw new IllegalArgumentException("not a container of this checkpoint: " + container.id());
  }

  @Override
  public String engine() {
    return frozen.get(0).container.engine();
  }

  @Override
  public String root() {
    return "/";
  }

  @Override
  public Origin origin() {
    return frozen.get(0).checkpoint.origin();
  }

  @Override
  public List<Namespace> namespaces() {
    return List.of();
  }

  @Override
  public List<Container> containers() {
    return frozen.stream().map(Frozen::container).sorted(Orders.CONTAINERS).toList();
  }

  @Override
  public List<Pod> pods() {
    return pods;
  }

  @Override
  public List<Image> images() {
    return List.of();
  }

  @Override
  public List<Snapshot> snapshots() {
    return List.of();
  }

  @Override
  public List<Blob> content() {
    return List.of();
  }

  @Override
  public List<Lease> leases() {
    return List.of();
  }

  @Override
  public ByteSource content(Digest digest) throws NoSuchFileException {
    throw new NoSuchFileException(digest + " is not in a checkpoint");
  }

  @Override
  public byte[] spec(Container container) throws IOException {
    Optional<Node> file = checkpoint(container).file(SPEC);
    if (file.isEmpty()) {
      throw new NoSuchFileException("the checkpoint has no " + SPEC);
    }
    return file.get().content().allBytes(Checkpoint.MAX_DOCUMENT);
  }

  @Override
  public List<String> environment(Container container) throws IOException {
    return decoded(container).env();
  }

  private RuntimeSpec decoded(Container container) throws IOException {
    return checkpoint(container)
        .spec()
        .orElseThrow(() -> new NoSuchFileException("the checkpoint has no " + SPEC));
  }

  @Override
  public List<Mount> mounts(Container container) throws IOException {
    List<Mount> mounts = new ArrayList<>();
    for (RuntimeSpec.Mount mount : decoded(container).mounts()) {
      String destination = mount.destination();
      if (destination != null) {
        mounts.add(new Mount(destination, mount.type(), mount.source(), mount.options()));
      }
    }
    return List.copyOf(mounts);
  }

  @Override
  public List<SnapshotLink> chain(Container container) throws IOException {
    return layers(container).links();
  }

  @Override
  public FileTree rootFs(Container container) throws IOException {
    return layers(container).merged();
  }

  @Override
  public Optional<FileTree> baseFs(Container container) throws IOException {
    return layers(container).base();
  }

  private synchronized FrozenLayers layers(Container container) throws IOException {
    Checkpoint checkpoint = checkpoint(container);
    FrozenLayers known = layers.get(checkpoint);
    if (known == null) {
      known = new FrozenLayers(checkpoint, container, base(checkpoint).orElse(null), log);
      layers.put(checkpoint, known);
    }
    return known;
  }

  private synchronized Optional<Base> base(Checkpoint checkpoint) throws IOException {
    Optional<Base> base = found.get(checkpoint);
    if (base == null) {
      ContainerFacts facts = checkpoint.facts();
      base = bases.find(facts, checkpoint.engine());
      found.put(checkpoint, base);
      if (base.isEmpty()) {
        log.add(Finding.missing(checkpoint.origin(), missing(facts)));
      }
      String doubt = base.map(Base::doubt).orElse(null);
      if (doubt != null) {
        String what = "the layers below are a guess: " + doubt + ": " + facts.image();
        log.add(Finding.missing(checkpoint.origin(), what));
      }
    }
    return base;
  }

  private static String missing(ContainerFacts facts) {
    String id = facts.imageId() == null ? facts.imageDigest() : facts.imageId();
    return "only what the container changed is shown; the layers of its image "
        + (facts.image() == null ? "" : facts.image() + " ")
        + (id == null ? "" : "(" + id + ") ")
        + "are missing: --disk takes the node's disk, or the image as it was saved";
  }

  @Override
  public List<ImageLayer> history(Image image) {
    return List.of();
  }

  @Override
  public List<ImageLayer> history(Container container) {
    return List.of();
  }

  @Override
  public SortedMap<String, byte[]> documents(Container container) throws IOException {
    Checkpoint checkpoint = checkpoint(container);
    SortedMap<String, byte[]> documents = new TreeMap<>();
    for (String name : DOCUMENTS) {
      Optional<Node> file = checkpoint.file(name);
      if (file.isPresent() && file.get().meta().size() > 0) {
        documents.put(name, file.get().content().allBytes(Checkpoint.MAX_DOCUMENT));
      }
    }
    base(checkpoint).map(Base::config).ifPresent(config -> documents.put("image.config", config));
    return Collections.unmodifiableSortedMap(documents);
  }
}
