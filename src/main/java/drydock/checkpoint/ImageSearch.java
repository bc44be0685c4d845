package drydock.checkpoint;

import drydock.bytes.ByteSource;
import drydock.finding.FindingLog;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
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
 * and annotations tell what it is of; in that of {@code ctr}, a blob of its own media type holds
 * the images of CRIU.
 *
 * <p>Sources: image-spec image-layout.md; checkpointctl {@code lib/metadata.go} and {@code
 * build_image.sh}; containerd {@code core/images/mediatypes.go}.
 */
final class ImageSearch {
  private static final String CRIU = "org.criu.checkpoint.";
  private static final String CRIO = "io.kubernetes.cri-o.annotations.checkpoint.name";
  private static final String CTR = "application/vnd.containerd.container.criu.checkpoint.";
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

  private void index(ByteSource document, int level, Map<String, String> above) throws IOException {
    ImageIndex index =
        ImageIndex.decode(document.allBytes(Checkpoint.MAX_DOCUMENT), document.origin());
    Map<String, String> annotations = joined(above, index.annotations());
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
    String type = String.valueOf(each.mediaType());
    if (type.startsWith(CTR)) {
      search.archive(blob(digest), annotations, depth + 1);
    } else if (each.kind() == ContentKind.INDEX) {
      index(blob(digest), level + 1, annotations);
    } else if (each.kind() == ContentKind.MANIFEST) {
      manifest(blob(digest), annotations);
    }
  }

  private void manifest(ByteSource document, Map<String, String> above) throws IOException {
    ImageManifest manifest =
        ImageManifest.decode(document.allBytes(Checkpoint.MAX_DOCUMENT), document.origin());
    Map<String, String> annotations = joined(above, manifest.annotations());
    boolean marked =
        annotations.keySet().stream().anyMatch(key -> key.startsWith(CRIU) || key.equals(CRIO));
    if (marked || manifest.layers().size() == 1) {
      for (Descriptor layer : manifest.layers()) {
        Digest digest = layer.digest();
        if (digest != null && ++blobs <= MAX_BLOBS) {
          search.archive(blob(digest), annotations, depth + 1);
        }
      }
    }
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
