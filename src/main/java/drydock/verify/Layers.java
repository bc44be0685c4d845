package drydock.verify;

import drydock.bytes.Origin;
import drydock.fs.DirectoryTree;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.oci.ContentKind;
import drydock.oci.Digest;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the layers of images, and the snapshots that they were unpacked into. For one thread. */
final class Layers {
  private static final Set<String> WHOLE_TREES = Set.of("native", "btrfs");
  private static final Set<String> OVERLAYS = Set.of("overlayfs", "fuse-overlayfs");
  private static final String COMMITTED = "committed";
  private static final String ENCRYPTED = "+encrypted";

  /** A layer as images name it; those that share it are added to it. */
  private record Named(ImageLayer layer, Set<String> images, Origin origin) {}

  private final Runtime runtime;
  private final Lookup node;
  private final List<Snapshot> all = new ArrayList<>();
  private final Map<List<@Nullable String>, Snapshot> byKey = new HashMap<>();

  Layers(Runtime runtime, FileTree node) throws IOException {
    this.runtime = runtime;
    this.node = new Lookup(node);
    for (Snapshot snapshot : runtime.snapshots()) {
      all.add(snapshot);
      byKey.put(key(snapshot, snapshot.key()), snapshot);
    }
  }

  private static List<@Nullable String> key(Snapshot snapshot, String key) {
    List<@Nullable String> parts = new ArrayList<>();
    parts.add(snapshot.namespace());
    parts.add(snapshot.snapshotter());
    parts.add(key);
    return parts;
  }

  /**
   * The layers of images, sorted by snapshotter and directory.
   *
   * @param others whether finished snapshots that none of the images leads to are given, too
   */
  List<Layer> of(List<Image> images, boolean others) throws IOException {
    Map<String, Named> named = named(images);
    Set<Named> unpacked = new HashSet<>();
    Map<String, List<Snapshot>> places = new TreeMap<>();
    for (Snapshot snapshot : all) {
      boolean wanted = others || named.containsKey(name(snapshot));
      if (wanted && snapshot.kind().equals(COMMITTED)) {
        String path = snapshot.path() == null ? snapshot.key() : snapshot.path();
        String place = snapshot.snapshotter() + " " + path;
        places.computeIfAbsent(place, each -> new ArrayList<>()).add(snapshot);
      }
    }
    List<Layer> layers = new ArrayList<>();
    for (List<Snapshot> same : places.values()) {
      List<Named> known = new ArrayList<>();
      for (Snapshot snapshot : same) {
        Named each = named.get(name(snapshot));
        if (each != null) {
          known.add(each);
          unpacked.add(each);
        }
      }
      layers.add(layer(known, same.get(0)));
    }
    for (Named each : named.values()) {
      if (!unpacked.contains(each) && each.layer.contentPresent()) {
        layers.add(layer(List.of(each), null));
      }
    }
    return layers;
  }

  private static String name(Snapshot snapshot) {
    return snapshot.namespace() + " " + snapshot.key();
  }

  /** By namespace and chain id, which is the key of the snapshot. */
  private Map<String, Named> named(List<Image> images) throws IOException {
    Map<String, Named> named = new TreeMap<>();
    for (Image image : images) {
      for (ImageLayer layer : runtime.history(image)) {
        if (layer.chainId() != null) {
          String name = image.namespace() + " " + layer.chainId();
          named
              .computeIfAbsent(name, each -> new Named(layer, new TreeSet<>(), image.origin()))
              .images
              .add(image.name());
        }
      }
    }
    return named;
  }

  private Layer layer(List<Named> known, @Nullable Snapshot snapshot) throws IOException {
    Set<String> images = new TreeSet<>();
    known.forEach(each -> images.addAll(each.images));
    // Of two namespaces that share a directory one may have lost the archive's name.
    ImageLayer layer = null;
    for (Named each : known) {
      boolean better = layer == null || !layer.contentPresent() && each.layer.contentPresent();
      layer = better ? each.layer : layer;
    }
    Digest digest = layer == null ? null : layer.digest();
    Optional<Node> directory = snapshot == null ? Optional.empty() : directory(snapshot);
    return new Layer(
        digest,
        layer == null ? null : layer.diffId(),
        layer == null || layer.size() == null ? 0 : layer.size(),
        List.copyOf(images),
        unread(layer, snapshot),
        snapshot == null ? null : snapshot.path(),
        directory.orElse(null),
        absence(snapshot, directory.isPresent()),
        form(snapshot),
        snapshot == null ? List.of() : below(snapshot),
        snapshot == null ? known.get(0).origin : snapshot.origin());
  }

  private @Nullable String unread(@Nullable ImageLayer layer, @Nullable Snapshot snapshot)
      throws IOException {
    if (layer == null || layer.digest() == null) {
      return "no image names its archive";
    }
    if (!layer.contentPresent()) {
      return "its archive is not in the store";
    }
    String type = layer.mediaType();
    if (type != null && (ContentKind.of(type) != ContentKind.LAYER || type.endsWith(ENCRYPTED))) {
      return "its content is no archive that is read: " + type;
    }
    if (form(snapshot) == Layer.Form.WHOLE_TREE && snapshot != null) {
      Snapshot below = parent(snapshot);
      if (below == null || directory(below).isEmpty()) {
        return "what it was copied from is not on this disk: " + snapshot.parent();
      }
    }
    return null;
  }

  private static Layer.Form form(@Nullable Snapshot snapshot) {
    if (snapshot == null || snapshot.parent() == null) {
      return Layer.Form.LOWEST;
    }
    return WHOLE_TREES.contains(snapshot.snapshotter())
        ? Layer.Form.WHOLE_TREE
        : Layer.Form.OVERLAY;
  }

  private static @Nullable String absence(@Nullable Snapshot snapshot, boolean there) {
    if (snapshot == null) {
      return "it is not unpacked on this node";
    }
    if (there) {
      return null;
    }
    return "its files are not on this disk (" + snapshot.snapshotter() + ")";
  }

  /** A snapshot's files, where its snapshotter keeps them as such. */
  private Optional<Node> directory(Snapshot snapshot) throws IOException {
    String path = snapshot.path();
    boolean readable =
        WHOLE_TREES.contains(snapshot.snapshotter()) || OVERLAYS.contains(snapshot.snapshotter());
    if (!readable || !snapshot.present() || path == null) {
      return Optional.empty();
    }
    return node.tryFind(path).map(Lookup.Found::node);
  }

  private List<FileTree> below(Snapshot top) throws IOException {
    List<FileTree> below = new ArrayList<>();
    Set<Snapshot> seen = new HashSet<>(Set.of(top));
    Snapshot at = parent(top);
    while (at != null && seen.add(at)) {
      directory(at).map(DirectoryTree::new).ifPresent(below::add);
      at = parent(at);
    }
    return below;
  }

  private @Nullable Snapshot parent(Snapshot snapshot) {
    return snapshot.parent() == null ? null : byKey.get(key(snapshot, snapshot.parent()));
  }
}
