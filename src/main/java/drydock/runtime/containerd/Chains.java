package drydock.runtime.containerd;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.oci.Digest;
import drydock.overlay.Owners;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import drydock.runtime.containerd.snapshot.SnapshotDirectory;
import drydock.runtime.containerd.snapshot.SnapshotKind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a container's own snapshot down to the base, and the files that they make. */
final class Chains {
  private final Snapshots snapshots;
  private final ImageLayers layers;
  private final FindingLog log;

  Chains(Snapshots snapshots, ImageLayers layers, FindingLog log) {
    this.snapshots = snapshots;
    this.layers = layers;
    this.log = log;
  }

  List<SnapshotLink> links(Container container) throws IOException {
    Map<String, ImageLayers.Unpacked> unpacked = layers.byChainId(container);
    List<SnapshotLink> links = new ArrayList<>();
    for (Snapshots.Located located : chain(container)) {
      ImageLayers.Unpacked layer = unpacked.get(located.snapshot().key());
      Digest digest = layer == null ? null : layer.digest();
      Digest diffId = layer == null ? null : layer.diffId();
      links.add(new SnapshotLink(located.snapshot(), digest, diffId));
    }
    return List.copyOf(links);
  }

  /** The merged files. */
  FileTree rootFs(Container container) throws IOException {
    List<Snapshots.Located> chain = chain(container);
    if (chain.isEmpty()) {
      throw new NoSuchFileException("no snapshot of container " + container.id() + " is known");
    }
    return tree(chain, new OwnerMaps(log).below(chain));
  }

  /** The files that the container's own snapshot was made upon; empty where it has no parent. */
  Optional<FileTree> baseFs(Container container) throws IOException {
    List<Snapshots.Located> chain = chain(container);
    if (chain.size() < 2) {
      return Optional.empty();
    }
    Owners owners = new OwnerMaps(log).below(chain);
    return Optional.of(tree(chain.subList(1, chain.size()), owners));
  }

  /** The merged layers of an image, where the topmost has a snapshot. */
  Optional<FileTree> imageFs(Image image) throws IOException {
    String top = null;
    for (ImageLayer each : layers.history(image)) {
      top = each.emptyLayer() ? top : each.snapshotPresent() ? each.snapshotKey() : null;
    }
    Optional<String> snapshotter =
        top == null ? Optional.empty() : snapshots.snapshotterOf(image.namespace(), top);
    if (top == null || snapshotter.isEmpty()) {
      return Optional.empty();
    }
    List<Snapshots.Located> chain = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String key = top;
    while (key != null && seen.add(key)) {
      Optional<Snapshots.Located> next = snapshots.find(image.namespace(), snapshotter.get(), key);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      chain.add(next.get());
      key = next.get().snapshot().parent();
    }
    return Optional.of(tree(chain, Owners.AS_STORED));
  }

  /** What a container wrote has the owners that it wrote; what it began with has the others. */
  private FileTree tree(List<Snapshots.Located> chain, Owners owners) throws IOException {
    List<SnapshotDirectory> directories = new ArrayList<>();
    for (Snapshots.Located located : chain) {
      SnapshotDirectory directory = located.directory();
      boolean written = directory.kind() == SnapshotKind.ACTIVE;
      directories.add(written ? directory : directory.ownedBy(owners));
    }
    return chain.get(0).store().snapshotter().tree(directories, log);
  }

  private List<Snapshots.Located> chain(Container container) throws IOException {
    // Docker leaves both fields empty: its snapshots have the container's id as their key
    String start = container.snapshotKey() == null ? container.id() : container.snapshotKey();
    String snapshotter = container.snapshotter();
    if (snapshotter == null) {
      snapshotter = snapshots.snapshotterOf(container.namespace(), start).orElse(null);
    }
    List<Snapshots.Located> chain = new ArrayList<>();
    if (snapshotter == null) {
      log.add(
          Finding.missing(
              container.origin(), "container " + container.id() + ": its snapshot is not known"));
      return chain;
    }
    Set<String> seen = new HashSet<>();
    String key = start;
    while (key != null && seen.add(key)) {
      Optional<Snapshots.Located> next = snapshots.find(container.namespace(), snapshotter, key);
      if (next.isEmpty()) {
        chain.add(missing(container, snapshotter, key));
        return chain;
      }
      chain.add(next.get());
      key = next.get().snapshot().parent();
    }
    if (key != null) {
      String what = "snapshot " + key + " is its own ancestor";
      log.add(Finding.damage(chain.get(chain.size() - 1).snapshot().origin(), 0, what));
    }
    return chain;
  }

  private Snapshots.Located missing(Container container, String snapshotter, String key) {
    String what = "snapshot " + key + " (" + snapshotter + ") and all below it: no record of it";
    log.add(Finding.missing(container.origin(), what));
    SnapshotDirectory nowhere =
        new SnapshotDirectory(key, SnapshotKind.UNKNOWN, Map.of(), null, null, null);
    return new Snapshots.Located(
        unknown(container, snapshotter, key), nowhere, snapshots.store(snapshotter));
  }

  private static Snapshot unknown(Container container, String snapshotter, @Nullable String key) {
    return Snapshot.of(
        container.namespace(),
        snapshotter,
        String.valueOf(key),
        SnapshotKind.UNKNOWN.label(),
        false,
        List.of(),
        container.origin());
  }
}
