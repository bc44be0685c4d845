package drydock.evidence;

import drydock.fs.Entry;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.TreePath;
import drydock.kubernetes.KubeletPath;
import drydock.kubernetes.PodManifest;
import drydock.kubernetes.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the part of a volume that a container had by a {@code subPath}. The kubelet mounts it on an
 * empty directory or file and writes nowhere down what it is called; the pod's own manifest says it
 * where an annotation has it. Else it is guessed: what is called like the place where the container
 * has it, or the only directory there is.
 */
final class SubPaths {
  private static final int NAMED = 8;

  private final Sources sources;
  private final FileTree node;
  private final @Nullable NodeVolumes volumes;

  /** A volume's directory: on its own disk, or on the node. */
  private record Place(FileTree tree, String path, String kind, VolumeDisks.@Nullable Store store) {
    String at(String below) {
      return (path.equals("/") ? "" : path) + "/" + below;
    }
  }

  SubPaths(Sources sources, FileTree node, @Nullable NodeVolumes volumes) {
    this.sources = sources;
    this.node = node;
    this.volumes = volumes;
  }

  Sourced of(KubeletPath path, String source, TreePath at, @Nullable PodManifest manifest)
      throws IOException {
    String volume = path.name();
    Optional<Lookup.Found> stub = sources.find(node, source);
    if (stub.isPresent() && !sources.isEmpty(stub.get())) {
      return Sourced.present("sub-path", volume, node, stub.get());
    }
    Optional<Place> place = place(path);
    if (place.isEmpty()) {
      boolean gone = sources.find(node, path.podDirectory()).isEmpty();
      return gone
          ? Sourced.absent(
              "sub-path",
              volume,
              MountStatus.MISSING,
              sources.gone(source),
              node.origin().child(source))
          : Sourced.absent(
              "sub-path",
              volume,
              MountStatus.ELSEWHERE,
              "a part of volume " + volume + " on a disk of its own: add it with --disk",
              node.origin().child(source));
    }
    boolean file = stub.isPresent() && stub.get().node().meta().isFile();
    return within(place.get(), path, at, manifest, file);
  }

  private Sourced within(
      Place place, KubeletPath path, TreePath at, @Nullable PodManifest manifest, boolean file)
      throws IOException {
    String volume = String.valueOf(path.name());
    Optional<String> told = told(path, manifest);
    String subPath = told.isPresent() ? told.get() : guess(place, at, file);
    Optional<Lookup.Found> found =
        subPath == null ? Optional.empty() : sources.find(place.tree, place.at(subPath));
    if (subPath == null || found.isEmpty() || !inside(place, found.get())) {
      String why =
          told.isPresent()
              ? "its part " + told.get() + " is not in volume " + volume
              : "which part of volume " + volume + " is written nowhere; it has " + names(place);
      return Sourced.absent(
          place.kind, volume, MountStatus.MISSING, why, place.tree.origin().child(place.path));
    }
    List<String> words = new ArrayList<>();
    if (place.store != null) {
      words.add(Sources.said(place.store));
    }
    if (told.isEmpty()) {
      words.add("a guess: that it is " + subPath + " of the volume");
    }
    boolean guess = told.isEmpty() || (place.store != null && place.store.guess());
    return Sourced.present(place.kind, volume, place.tree, found.get())
        .at(subPath)
        .saying(words.isEmpty() ? null : String.join("; ", words), guess);
  }

  private static Optional<String> told(KubeletPath path, @Nullable PodManifest manifest) {
    String container = path.container();
    Integer index = path.index();
    return manifest == null || container == null || index == null
        ? Optional.empty()
        : manifest.subPath(container, index);
  }

  private Optional<Place> place(KubeletPath path) throws IOException {
    VolumeDisks.Store store = volumes == null ? null : volumes.store(path).orElse(null);
    if (store != null && store.disk() != null) {
      String kind = store.volumes.stream().anyMatch(v -> v.driver() != null) ? "csi" : "volume";
      return Optional.of(new Place(store.disk().tree(), "/", kind, store));
    }
    String directory = path.podDirectory() + "/volumes";
    Optional<Lookup.Found> plugins = sources.find(node, directory);
    if (plugins.isEmpty() || !plugins.get().node().meta().isDirectory()) {
      return Optional.empty();
    }
    for (Entry plugin : plugins.get().node().list()) {
      String below = directory + "/" + plugin.name() + "/" + path.name();
      boolean csi = plugin.name().is("kubernetes.io~csi");
      Optional<Lookup.Found> found = sources.find(node, csi ? below + "/mount" : below);
      if (found.isPresent() && !sources.isEmpty(found.get())) {
        String kind = Storage.kind(plugin.name().toString());
        return Optional.of(new Place(node, found.get().path().toString(), kind, null));
      }
    }
    return Optional.empty();
  }

  /** What it may be called in its volume; null when nothing or too much fits. */
  private @Nullable String guess(Place place, TreePath at, boolean file) throws IOException {
    String name = at.name().toString();
    Optional<Lookup.Found> same = sources.find(place.tree, place.at(name));
    if (same.isPresent() && same.get().node().meta().isFile() == file) {
      return name;
    }
    List<String> directories = new ArrayList<>();
    if (!file) {
      for (Entry entry : entries(place)) {
        if (!entry.name().is("lost+found") && entry.node().meta().isDirectory()) {
          directories.add(entry.name().toString());
        }
      }
    }
    return directories.size() == 1 ? directories.get(0) : null;
  }

  private List<Entry> entries(Place place) throws IOException {
    Optional<Lookup.Found> root = sources.find(place.tree, place.path);
    return root.isPresent() && root.get().node().meta().isDirectory()
        ? root.get().node().list()
        : List.of();
  }

  private String names(Place place) throws IOException {
    List<Entry> entries = entries(place);
    List<String> some =
        entries.stream().limit(NAMED).map(entry -> entry.name().toString()).toList();
    String more = entries.size() > NAMED ? " and " + (entries.size() - NAMED) + " more" : "";
    return some.isEmpty() ? "nothing" : String.join(", ", some) + more;
  }

  /** A link in a volume leads nowhere else: the kubelet refuses to follow it. */
  private static boolean inside(Place place, Lookup.Found found) {
    TreePath volume = TreePath.of(place.path);
    List<Name> names = found.path().names();
    return names.size() > volume.depth() && names.subList(0, volume.depth()).equals(volume.names());
  }
}
