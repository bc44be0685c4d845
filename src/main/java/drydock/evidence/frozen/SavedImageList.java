package drydock.evidence.frozen;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.oci.ContentKind;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.Fields;
import drydock.oci.ImageIndex;
import drydock.oci.ImageManifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads which images there are in the OCI layout, in Docker's archive, in a directory that skopeo
 * or Podman wrote ({@code dir:}), or in one of blobs that no index lists. For one thread.
 */
final class SavedImageList {
  private static final String BLOBS = "/blobs/";
  private static final int MAX_DEPTH = 4;
  private static final int MAX_IMAGES = 10_000;
  private static final int MAX_DOCUMENT = 4 << 20;
  private static final int LARGEST_MANIFEST = 256 << 10;
  private static final List<String> NAMES =
      List.of("io.containerd.image.name", "org.opencontainers.image.ref.name");

  private final FileTree tree;
  private final FindingLog log;
  private final List<SavedImage> images = new ArrayList<>();

  /** Whether blobs lie beside their manifest, as skopeo's transport "dir:" has them. */
  private boolean isFlat;

  SavedImageList(FileTree tree, FindingLog log) {
    this.tree = tree;
    this.log = log;
  }

  /** All of them; a document that is damaged is a finding. */
  List<SavedImage> read() throws IOException {
    Optional<Lookup.Found> index = new Lookup(tree).tryFind("/index.json");
    Optional<Lookup.Found> docker = new Lookup(tree).tryFind("/manifest.json");
    if (index.isPresent()) {
      attempt(() -> index(index.get().node().content(), List.of(), Set.of(), 0));
    }
    if (docker.isPresent()) {
      attempt(() -> listed(docker.get().node().content()));
    }
    if (index.isEmpty() && docker.isEmpty()) {
      blobs();
    }
    return images;
  }

  /** Something that one damaged document ends. */
  @FunctionalInterface
  private interface Part {
    void read() throws IOException;
  }

  private void attempt(Part part) {
    try {
      part.read();
    } catch (IOException e) {
      log.add(e, tree.origin());
    }
  }

  private void index(ByteSource document, List<String> names, Set<Digest> above, int depth)
      throws IOException {
    ImageIndex index = ImageIndex.decode(document.allBytes(MAX_DOCUMENT), document.origin());
    for (Descriptor each : index.manifests()) {
      Digest digest = each.digest();
      if (digest == null || each.isAttestation() || images.size() >= MAX_IMAGES) {
        continue;
      }
      List<String> called = new ArrayList<>(names);
      NAMES.forEach(key -> add(called, each.annotations().get(key)));
      Set<Digest> digests = new HashSet<>(above);
      digests.add(digest);
      Optional<Lookup.Found> blob = new Lookup(tree).tryFind(path(digest));
      if (blob.isPresent() && each.kind() == ContentKind.INDEX && depth < MAX_DEPTH) {
        attempt(() -> index(proven(blob.get(), digest), called, digests, depth + 1));
      } else if (blob.isPresent() && each.kind() != ContentKind.INDEX) {
        attempt(() -> manifest(proven(blob.get(), digest), called, digests));
      }
    }
  }

  /** A document, and a finding when it is not what its digest says. */
  private ByteSource proven(Lookup.Found blob, Digest digest) throws IOException {
    ByteSource document = blob.node().content();
    if (document.size() <= MAX_DOCUMENT) {
      String is = Hashes.of(document, HashAlgorithm.SHA256);
      LayerProof.compare(document.origin(), "the document of an image", is, digest, log);
    }
    return document;
  }

  private static void add(List<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }

  private void manifest(ByteSource document, List<String> names, Set<Digest> above)
      throws IOException {
    ImageManifest manifest =
        ImageManifest.decode(document.allBytes(MAX_DOCUMENT), document.origin());
    Set<Digest> digests = new HashSet<>(above);
    Descriptor config = manifest.config();
    Digest configured = config == null ? null : config.digest();
    if (configured != null) {
      digests.add(configured);
    }
    List<SavedImage.SavedLayer> layers = new ArrayList<>();
    for (Descriptor each : manifest.layers()) {
      Digest digest = each.digest();
      layers.add(new SavedImage.SavedLayer(digest == null ? "/" : path(digest), digest));
    }
    String path = configured == null ? null : path(configured);
    if (configured != null) {
      configuration(path(configured), configured);
    }
    images.add(new SavedImage(List.copyOf(names), digests, path, layers));
  }

  /** The digest of its configuration is what tells which image a container was made from. */
  private void configuration(String path, Digest digest) throws IOException {
    Optional<Lookup.Found> found = new Lookup(tree).tryFind(path);
    if (found.isPresent()) {
      proven(found.get(), digest);
    }
  }

  /** Where the layout keeps a blob. */
  private String path(Digest digest) {
    return isFlat ? "/" + digest.hex() : BLOBS + digest.algorithm() + "/" + digest.hex();
  }

  /** A list in Docker's archive; the manifest of one image in a directory of skopeo's. */
  private void listed(ByteSource document) throws IOException {
    if (document.size() > 0 && document.bytes(0, 1)[0] == '{') {
      String digest = Hashes.of(document, HashAlgorithm.SHA256);
      isFlat = true;
      manifest(document, List.of(), Set.of(new Digest("sha256", digest)));
    } else {
      docker(document);
    }
  }

  private void docker(ByteSource document) throws IOException {
    for (Fields each : list(document.allBytes(MAX_DOCUMENT), document.origin())) {
      String config = each.text("Config");
      Set<Digest> digests = new HashSet<>();
      if (config != null) {
        String name = config.substring(config.lastIndexOf('/') + 1).replaceFirst("\\.json$", "");
        Optional<Digest> digest = Digest.parse("sha256:" + name);
        digest.ifPresent(digests::add);
        if (digest.isPresent()) {
          configuration("/" + config, digest.get());
        }
      }
      List<SavedImage.SavedLayer> layers = new ArrayList<>();
      for (String layer : each.texts("Layers")) {
        layers.add(new SavedImage.SavedLayer("/" + layer, null));
      }
      if (images.size() < MAX_IMAGES) {
        String path = config == null ? null : "/" + config;
        images.add(new SavedImage(each.texts("RepoTags"), digests, path, layers));
      }
    }
  }

  private static List<Fields> list(byte[] raw, Origin origin) throws CorruptDataException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes("{\"images\":".getBytes(StandardCharsets.UTF_8));
    object.writeBytes(raw);
    object.write('}');
    return Fields.parse(object.toByteArray(), origin).objects("images");
  }

  /** Of blobs that nothing lists, what looks like a manifest is one. */
  private void blobs() throws IOException {
    Optional<Lookup.Found> directory = new Lookup(tree).tryFind(BLOBS + "sha256");
    if (directory.isEmpty() || !directory.get().node().meta().isDirectory()) {
      return;
    }
    for (Entry entry : directory.get().node().list()) {
      Node node = entry.node();
      long size = node.meta().isFile() ? node.meta().size() : 0;
      if (size > 0 && size <= LARGEST_MANIFEST && node.content().bytes(0, 1)[0] == '{') {
        attempt(() -> blob(entry.name().toString(), node.content()));
      }
    }
  }

  private void blob(String hex, ByteSource content) throws IOException {
    byte[] raw = content.allBytes(LARGEST_MANIFEST);
    if (images.size() < MAX_IMAGES
        && ContentKind.ofDocument(raw, content.origin()) == ContentKind.MANIFEST) {
      Set<Digest> digests = new HashSet<>();
      Digest.parse("sha256:" + hex).ifPresent(digests::add);
      manifest(content, List.of(), digests);
    }
  }
}
