package drydock.runtime;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.fs.FileTree;
import drydock.fs.TreePath;
import drydock.oci.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A container engine's state on a node. Each list is read when it is first asked for and kept, in
 * the order that lists are shown in (by namespace, pod, container, created; ids break ties). Safe
 * from many threads.
 *
 * <p>Errors: what is missing or damaged becomes a finding in the log it was opened with, and the
 * rest is still given. An engine without some kind of thing gives an empty list.
 */
public interface Runtime {
  /** {@code containerd}, {@code docker}, {@code podman} ... */
  String engine();

  /** Its root directory on the node, e.g. {@code /var/lib/containerd}. */
  String root();

  Origin origin();

  List<Namespace> namespaces() throws IOException;

  List<Container> containers() throws IOException;

  List<Pod> pods() throws IOException;

  List<Image> images() throws IOException;

  List<Snapshot> snapshots() throws IOException;

  /** Content of every namespace, then ingests. */
  List<Blob> content() throws IOException;

  List<Lease> leases() throws IOException;

  /**
   * A blob's bytes.
   *
   * @throws java.nio.file.NoSuchFileException when it is not in the store
   */
  ByteSource content(Digest digest) throws IOException;

  /**
   * The OCI runtime spec exactly as stored.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   */
  byte[] spec(Container container) throws IOException;

  /** {@code NAME=value} of the process, as in the spec. */
  List<String> environment(Container container) throws IOException;

  List<Mount> mounts(Container container) throws IOException;

  /**
   * The chain of the container's snapshots, the writable one first; what is not on the disk is in
   * it, too.
   */
  List<SnapshotLink> chain(Container container) throws IOException;

  /** Where on the node the store has what a digest is of; empty when it has no place for it. */
  default Optional<TreePath> contentPath(Digest digest) {
    return Optional.empty();
  }

  /** The merged file system, without the mounts over it; layers that are missing are findings. */
  FileTree rootFs(Container container) throws IOException;

  /**
   * The file system that the container began with: {@link #rootFs} without the container's own
   * snapshot; empty when nothing is below that one.
   */
  Optional<FileTree> baseFs(Container container) throws IOException;

  /** The merged layers of an image as they lie unpacked; empty when they do not. */
  default Optional<FileTree> imageFs(Image image) throws IOException {
    return Optional.empty();
  }

  /** The steps and layers of an image, from the base up. */
  List<ImageLayer> history(Image image) throws IOException;

  /** The steps and layers of the image that a container was made from. */
  List<ImageLayer> history(Container container) throws IOException;

  /**
   * Every other document that the engine keeps on a container, JSON as stored, by a name that says
   * which ({@code cri.metadata}, {@code cri.status}, {@code sandbox.metadata}, {@code image.config}
   * ...).
   */
  SortedMap<String, byte[]> documents(Container container) throws IOException;
}
