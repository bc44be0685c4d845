package drydock.evidence;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.FileTree;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.ContainerState;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Lease;
import drydock.runtime.Mount;
import drydock.runtime.Namespace;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Role;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import drydock.runtime.Status;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An engine with one container in one pod. */
record StubRuntime(FileTree layers, List<Mount> specified, Map<String, String> annotations)
    implements Runtime {
  private static final Origin ORIGIN = Origin.of("stub");

  Container container() {
    return new Container(
        engine(),
        "k8s.io",
        "c",
        "web",
        new PodRef("default", "web-0", "uid", "sandbox"),
        null,
        null,
        null,
        List.of(),
        new ContainerState(Status.UNKNOWN, null, null, null, null, null, null, null),
        null,
        Role.WORKLOAD,
        Map.of(),
        Map.of(),
        null,
        null,
        null,
        null,
        null,
        ORIGIN);
  }

  @Override
  public String engine() {
    return "stub";
  }

  @Override
  public String root() {
    return "/";
  }

  @Override
  public Origin origin() {
    return ORIGIN;
  }

  @Override
  public List<Namespace> namespaces() {
    return List.of();
  }

  @Override
  public List<Container> containers() {
    return List.of(container());
  }

  @Override
  public List<Pod> pods() {
    return List.of(
        new Pod(
            engine(),
            "k8s.io",
            "default",
            "web-0",
            "uid",
            "sandbox",
            null,
            null,
            "ready",
            List.of(),
            null,
            List.of("c"),
            Map.of(),
            annotations,
            null,
            null,
            null,
            ORIGIN));
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
    throw new NoSuchFileException(digest.toString());
  }

  @Override
  public byte[] spec(Container container) {
    return new byte[0];
  }

  @Override
  public List<String> environment(Container container) {
    return List.of();
  }

  @Override
  public List<Mount> mounts(Container container) {
    return List.copyOf(specified);
  }

  @Override
  public List<SnapshotLink> chain(Container container) {
    return List.of();
  }

  @Override
  public FileTree rootFs(Container container) {
    return layers;
  }

  @Override
  public Optional<FileTree> baseFs(Container container) {
    return Optional.empty();
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
  public SortedMap<String, byte[]> documents(Container container) {
    return new TreeMap<>();
  }
}
