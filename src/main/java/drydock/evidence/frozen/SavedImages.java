package drydock.evidence.frozen;

import drydock.bytes.ByteSource;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Engine;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.tar.Deletions;
import drydock.fs.tar.LayerRoot;
import drydock.fs.tar.LayerTree;
import drydock.fs.tar.TarTree;
import drydock.oci.Digest;
import drydock.oci.ImageConfig;
import drydock.overlay.Layer;
import drydock.overlay.Marks;
import drydock.overlay.OverlayTree;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Images in an archive or directory: as registries, Docker, Podman and containerd save them. */
public final class SavedImages implements BaseSource {
  private static final int MAX_CONFIG = 16 << 20;
  private static final int NAMED = 10;
  private static final Name OPAQUE = Name.of(Marks.TRUSTED.prefix() + "opaque");
  private static final String DOUBT = "the saved image has the same name and another digest";

  private final FileTree tree;
  private final FindingLog log;

  public SavedImages(FileTree tree, FindingLog log) {
    this.tree = tree;
    this.log = log;
  }

  /** Whether there may be any in a directory. */
  public static boolean mayHold(Node root) throws IOException {
    for (String name : List.of("index.json", "manifest.json")) {
      Optional<Entry> entry = root.child(Name.of(name));
      if (entry.isPresent() && entry.get().node().meta().isFile()) {
        return true;
      }
    }
    Optional<Entry> blobs = root.child(Name.of("blobs"));
    return blobs.isPresent()
        && blobs.get().node().meta().isDirectory()
        && blobs.get().node().child(Name.of("sha256")).isPresent();
  }

  @Override
  public Optional<Base> find(ContainerFacts container, Engine engine) throws IOException {
    List<SavedImage> images = new SavedImageList(tree, log).read();
    for (SavedImage each : images) {
      if (each.is(container)) {
        return Optional.of(base(each, engine, null));
      }
    }
    for (SavedImage each : images) {
      if (each.isCalled(container.image())) {
        return Optional.of(base(each, engine, DOUBT));
      }
    }
    String there =
        images.stream()
            .limit(NAMED)
            .map(each -> each.names().isEmpty() ? "one without a name" : each.names().get(0))
            .collect(Collectors.joining(", "));
    String what =
        "it has not the image of the container, but " + (there.isEmpty() ? "none" : there);
    log.add(Finding.missing(tree.origin(), what));
    return Optional.empty();
  }

  private Base base(SavedImage image, Engine engine, @Nullable String doubt) throws IOException {
    LayerRoot root = FrozenLayers.root(engine);
    byte[] config = config(image);
    List<Digest> diffIds = diffIds(config);
    OverlayTree merged = OverlayTree.of(List.of(), log);
    List<SnapshotLink> links = new ArrayList<>();
    for (int i = 0; i < image.layers().size(); i++) {
      SavedImage.SavedLayer layer = image.layers().get(i);
      Digest diffId = i < diffIds.size() ? diffIds.get(i) : null;
      Node unpacked = unpacked(layer, diffId, root, merged);
      if (unpacked != null) {
        merged = merged.under(new Layer(label(layer), unpacked));
        links.add(0, new SnapshotLink(snapshot(layer, unpacked), layer.digest(), diffId));
      }
    }
    return new Base(merged, links, config, doubt);
  }

  private static String label(SavedImage.SavedLayer layer) {
    Digest digest = layer.digest();
    return digest == null ? layer.path() : digest.toString();
  }

  private @Nullable Node unpacked(
      SavedImage.SavedLayer layer, @Nullable Digest diffId, LayerRoot root, OverlayTree below) {
    try {
      ByteSource archive = new Lookup(tree).find(layer.path()).node().content();
      FileTree lower = below.layers().isEmpty() ? null : below;
      TarTree verified = new LayerProof(layer.digest(), diffId, log).open(archive);
      return new LayerTree(verified, Deletions.BY_NAME, OPAQUE, root, lower).root();
    } catch (IOException e) {
      String what = "layer " + label(layer) + " of the image is left out: " + e.getMessage();
      log.add(Finding.missing(tree.origin().child(layer.path()), what));
      return null;
    }
  }

  private byte @Nullable [] config(SavedImage image) throws IOException {
    String path = image.config();
    Optional<Lookup.Found> found = path == null ? Optional.empty() : new Lookup(tree).tryFind(path);
    return found.isEmpty() ? null : found.get().node().content().allBytes(MAX_CONFIG);
  }

  private List<Digest> diffIds(byte @Nullable [] config) {
    try {
      return config == null
          ? List.of()
          : ImageConfig.decode(config, tree.origin().child("config")).diffIds();
    } catch (IOException e) {
      log.add(e, tree.origin());
      return List.of();
    }
  }

  private static Snapshot snapshot(SavedImage.SavedLayer layer, Node root) {
    return Snapshot.of(
        null, "saved image", label(layer), "committed", true, List.of(), root.origin());
  }
}
