package drydock.checkpoint;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import drydock.bytes.ArraySource;
import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.finding.FindingLog;
import drydock.fs.DirectoryTree;
import drydock.fs.FileTree;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.fs.tar.TarTree;
import drydock.oci.ContentKind;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.ImageIndex;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint that {@code ctr containers checkpoint} makes: an index whose entries are no images
 * but the parts, each a blob of its own.
 *
 * <pre>
 *   index ─┬─ ...container.criu.checkpoint.criu.tar         images of CRIU
 *          ├─ ...container.checkpoint.config.v1+proto       the spec, as JSON in a protobuf Any
 *          ├─ an image's layer                              what changed in the root (--rw)
 *          ├─ an image's manifest or index                  what the container was made of (--image)
 *          └─ ...checkpoint.options, runtime.options        not read
 * </pre>
 *
 * <p>Sources: containerd {@code container_checkpoint_opts.go}, {@code core/images/mediatypes.go},
 * {@code oci/spec.go} (the path of control groups).
 */
final class CtrImage {
  private static final String PREFIX = "application/vnd.containerd.container.";
  private static final String CRIU = PREFIX + "criu.checkpoint.";
  private static final String CONFIG = PREFIX + "checkpoint.config.v1+proto";

  /** Gives the blob of a digest. */
  @FunctionalInterface
  interface Blobs {
    ByteSource get(Digest digest) throws IOException;
  }

  private final Blobs blobs;
  private final FindingLog log;

  CtrImage(Blobs blobs, FindingLog log) {
    this.blobs = blobs;
    this.log = log;
  }

  static boolean isOne(ImageIndex index) {
    return index.manifests().stream().anyMatch(each -> type(each).startsWith(CRIU));
  }

  private static String type(Descriptor each) {
    return String.valueOf(each.mediaType());
  }

  /** The checkpoint; a part that is not there or damaged is a finding. */
  Checkpoint open(ImageIndex index, Map<String, String> annotations, ByteSource document)
      throws IOException {
    Map<Name, Node> parts = new TreeMap<>();
    Digest base = null;
    for (Descriptor each : index.manifests()) {
      Digest digest = each.digest();
      if (digest == null) {
        continue;
      }
      if (each.kind() == ContentKind.MANIFEST || each.kind() == ContentKind.INDEX) {
        base = digest;
        continue;
      }
      try {
        add(type(each), each.kind(), blobs.get(digest), parts);
      } catch (IOException e) {
        log.add(e, document.origin());
      }
    }
    Node folder = new Folder(parts, document.origin());
    FileTree tree = new DirectoryTree(folder);
    return Checkpoint.of(
        new Place(tree, TreePath.ROOT, folder), new ImageNotes(annotations, base), log);
  }

  private void add(String type, ContentKind kind, ByteSource blob, Map<Name, Node> parts)
      throws IOException {
    if (type.startsWith(CRIU)) {
      parts.put(Name.of("checkpoint"), TarTree.open(blob, log).root());
    } else if (type.equals(CONFIG)) {
      parts.put(Name.of("spec.dump"), Folder.file(spec(blob)));
    } else if (kind == ContentKind.LAYER) {
      parts.put(Name.of("rootfs-diff.tar"), Folder.file(blob));
    }
  }

  private static ByteSource spec(ByteSource blob) throws IOException {
    try {
      Any any = Any.parseFrom(blob.allBytes(Checkpoint.MAX_DOCUMENT));
      return new ArraySource(any.getValue().toByteArray(), blob.origin().child(any.getTypeUrl()));
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptDataException(blob.origin(), 0, "no protobuf Any: " + e.getMessage());
    }
  }

  /**
   * The container's id: the last word of the path of its control groups, which containerd makes of
   * namespace and id; null when the spec has none.
   */
  static @Nullable String id(@Nullable String cgroupsPath) {
    if (cgroupsPath == null) {
      return null;
    }
    String id =
        cgroupsPath.substring(
            Math.max(cgroupsPath.lastIndexOf('/'), cgroupsPath.lastIndexOf(':')) + 1);
    return id.isEmpty() ? null : id;
  }
}
