package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.oci.ContentKind;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.Fields;
import drydock.oci.ImageIndex;
import drydock.oci.ImageManifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Checkpoints in images: a directory in the OCI layout, or Docker's archive. In the image that
 * {@code checkpointctl build} or a kubelet's user makes, the one layer holds what the archive held,
 * and annotations tell what it is of; that of {@code ctr} is a {@link CtrImage}.
 *
 * <p>Sources: image-spec image-layout.md; checkpointctl {@code lib/metadata.go} and {@code
 * build_image.sh}; containerd {@code core/images/mediatypes.go}.
 */
final class ImageSearch {
  private static final String CRIU = "org.criu.checkpoint.";
  private static final String CRIO = "io.kubernetes.cri-o.annotations.checkpoint.name";
  private static final int MAX_DEPTH = 4;
  private static final int MAX_BLOBS = 10_000;

  private final Search search;
  private final Place place;
  private final int depth;
  private final FindingLog log;
  private int blobs;

  ImageSearch(Search search, Place place, int depth, FindingLog log) {
    this.search = search;
    this.place = place;
    this.depth = depth;
    this.log = log;
  }

  /** Whether this holds images; what is in them is told to the search. */
  boolean search() throws IOException {
    Optional<Node> index = Search.file(place.node(), "index.json");
    if (index.isPresent() && place.node().child(Name.of("blobs")).isPresent()) {
      index(index.get().content(), 0, Map.of());
      return true;
    }
    Optional<Node> docker = Search.file(place.node(), "manifest.json");
    if (docker.isPresent()) {
      docker(docker.get().content());
      return true;
    }
    return false;
  }

  /** Whether the index or manifest of an image says that a checkpoint is in it. */
  static boolean isOfCheckpoint(ByteSource document) throws IOException {
    byte[] raw = document.allBytes(Checkpoint.MAX_DOCUMENT);
    return switch (ContentKind.ofDocument(raw, document.origin())) {
      case INDEX -> {
        ImageIndex index = ImageIndex.decode(raw, document.origin());
        yield isMarked(index.annotations()) || CtrImage.isOne(index);
      }
      case MANIFEST -> isMarked(ImageManifest.decode(raw, document.origin()).annotations());
      default -> false;
    };
  }

  /** The directory that has the store of blobs which a document lies in; empty for other files. */
  static Optional<Place> storeOf(FileTree tree, TreePath path, ByteSource content)
      throws IOException {
    List<Name> names = path.names();
    int store = names.size() - 3;
    boolean isBlob = store >= 0 && names.get(store).is("blobs");
    if (!isBlob || content.size() == 0 || content.bytes(0, 1)[0] != '{') {
      return Optional.empty();
    }
    TreePath above = TreePath.ROOT;
    for (Name each : names.subList(0, store)) {
      above = above.child(each);
    }
    return Optional.of(new Place(tree, above, new Lookup(tree).find(above.bytes(), true).node()));
  }

  /** Looks at the index or manifest of an image. */
  void document(ByteSource document) throws IOException {
    byte[] raw = document.allBytes(Checkpoint.MAX_DOCUMENT);
    if (ContentKind.ofDocument(raw, document.origin()) == ContentKind.MANIFEST) {
      manifest(document, Map.of());
    } else {
      index(document, 0, Map.of());
    }
  }

  private void index(ByteSource document, int level, Map<String, String> above) throws IOException {
    ImageIndex index =
        ImageIndex.decode(document.allBytes(Checkpoint.MAX_DOCUMENT), document.origin());
    Map<String, String> annotations = joined(above, index.annotations());
    if (CtrImage.isOne(index)) {
      search.add(new CtrImage(this::blob, log).open(index, annotations, document));
      return;
    }
    for (Descriptor each : index.manifests()) {
      try {
        descriptor(each, level, joined(annotations, each.annotations()));
      } catch (IOException e) {
        log.add(e, document.origin());
      }
    }
  }

  private void descriptor(Descriptor each, int level, Map<String, String> annotations)
      throws IOException {
    Digest digest = each.digest();
    if (digest == null || level > MAX_DEPTH || ++blobs > MAX_BLOBS) {
      return;
    }
    if (each.kind() == ContentKind.INDEX) {
      index(blob(digest), level + 1, annotations);
    } else if (each.kind() == ContentKind.MANIFEST) {
      manifest(blob(digest), annotations);
    }
  }

  private void manifest(ByteSource document, Map<String, String> above) throws IOException {
    ImageManifest manifest =
        ImageManifest.decode(document.allBytes(Checkpoint.MAX_DOCUMENT), document.origin());
    Map<String, String> annotations = joined(above, manifest.annotations());
    if (isMarked(annotations) || manifest.layers().size() == 1) {
      for (Descriptor layer : manifest.layers()) {
        Digest digest = layer.digest();
        if (digest != null && ++blobs <= MAX_BLOBS) {
          search.archive(blob(digest), annotations, depth + 1);
        }
      }
    }
  }

  private static boolean isMarked(Map<String, String> annotations) {
    return annotations.keySet().stream().anyMatch(key -> key.startsWith(CRIU) || key.equals(CRIO));
  }

  private ByteSource blob(Digest digest) throws IOException {
    return content("blobs/" + digest.toString().replace(':', '/'));
  }

  private ByteSource content(String path) throws IOException {
    String from = place.path().isRoot() ? "/" : place.path() + "/";
    return new Lookup(place.tree()).find(from + path).node().content();
  }

  /** A list of images, each with the paths of its layers. */
  private void docker(ByteSource document) throws IOException {
    for (Fields image : JsonList.of(document, Checkpoint.MAX_DOCUMENT).objects(JsonList.NAME)) {
      List<String> layers = image.texts("Layers");
      for (String layer : layers.size() == 1 ? layers : List.<String>of()) {
        search.archive(content(layer), Map.of(), depth + 1);
      }
    }
  }

  private static Map<String, String> joined(Map<String, String> one, Map<String, String> other) {
    Map<String, String> all = new TreeMap<>(one);
    all.putAll(other);
    return all;
  }
}
