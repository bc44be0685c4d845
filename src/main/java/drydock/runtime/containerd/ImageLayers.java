package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.oci.ChainIds;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.HistoryStep;
import drydock.oci.ImageConfig;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layers of images, as archives and unpacked, and the steps that made them. */
final class ImageLayers {
  /** A layer by the two digests that it has. */
  record Unpacked(@Nullable Digest digest, Digest diffId) {}

  /** An image for one platform: where its manifest is, and its config, as far as they are there. */
  record Resolved(Digest manifest, ImageDocument document, Optional<ImageConfig> config) {}

  private static final String UNCOMPRESSED = "containerd.io/uncompressed";

  private final MetadataDatabase database;
  private final ImageContent content;
  private final ContentStore store;
  private final CriImageRefs refs;
  private final Snapshots snapshots;
  private final FindingLog log;

  ImageLayers(
      MetadataDatabase database,
      ImageContent content,
      ContentStore store,
      CriImageRefs refs,
      Snapshots snapshots,
      FindingLog log) {
    this.database = database;
    this.content = content;
    this.store = store;
    this.refs = refs;
    this.snapshots = snapshots;
    this.log = log;
  }

  /**
   * The manifest that an image's name leads to: of an index the first one whose config is there.
   */
  Optional<Resolved> resolve(@Nullable Digest target, @Nullable Digest wantedConfig)
      throws IOException {
    if (target == null) {
      return Optional.empty();
    }
    Resolved partial = null;
    for (Digest manifest : content.manifests(target)) {
      Optional<ImageDocument> document = content.document(manifest);
      Optional<Digest> config = document.flatMap(ImageDocument::config).map(Descriptor::digest);
      if (config.isEmpty() || wantedConfig != null && !wantedConfig.equals(config.get())) {
        continue;
      }
      Optional<ImageConfig> read = content.config(config.get());
      Resolved resolved = new Resolved(manifest, document.get(), read);
      if (read.isPresent()) {
        return Optional.of(resolved);
      }
      partial = partial == null ? resolved : partial;
    }
    return Optional.ofNullable(partial);
  }

  Optional<Resolved> resolve(Container container) throws IOException {
    return resolve(container.imageDigest(), refs.configOf(container).orElse(null));
  }

  /** The layers of a container's image by the key of the snapshot they were unpacked into. */
  Map<String, Unpacked> byChainId(Container container) throws IOException {
    Map<String, Unpacked> layers = new HashMap<>();
    Optional<Resolved> image = resolve(container);
    if (image.isPresent()) {
      List<Digest> diffIds = diffIds(image.get(), container.namespace());
      List<Digest> chainIds = ChainIds.of(diffIds);
      for (int i = 0; i < chainIds.size(); i++) {
        Descriptor archive = at(image.get().document().layers(), i);
        Digest digest = archive == null ? null : archive.digest();
        layers.put(chainIds.get(i).toString(), new Unpacked(digest, diffIds.get(i)));
      }
    }
    return layers;
  }

  List<ImageLayer> history(Image image) throws IOException {
    Optional<Resolved> resolved = resolve(image.digest(), null);
    if (resolved.isEmpty()) {
      log.add(
          Finding.missing(
              image.origin(), "the manifest of " + image.name() + " is not in the content store"));
      return List.of();
    }
    tellOtherPlatforms(image);
    return steps(resolved.get(), image.namespace(), null);
  }

  /** An index names images for more platforms than an engine fetches. */
  private void tellOtherPlatforms(Image image) throws IOException {
    Digest target = image.digest();
    Optional<ImageDocument> index = target == null ? Optional.empty() : content.document(target);
    List<String> others = new ArrayList<>();
    for (Descriptor manifest : index.map(ImageDocument::manifests).orElse(List.of())) {
      Digest digest = manifest.digest();
      if (digest != null && !manifest.isAttestation() && store.file(digest).isEmpty()) {
        others.add(
            manifest.platform() == null ? digest.toString() : manifest.platform().toString());
      }
    }
    if (!others.isEmpty()) {
      String what = "its index also names images that are not in the content store: ";
      log.add(Finding.note(image.origin(), what + String.join(", ", others)));
    }
  }

  List<ImageLayer> history(Container container) throws IOException {
    Optional<Resolved> resolved = resolve(container);
    if (resolved.isEmpty()) {
      String what = "the manifest of the image of container " + container.id();
      log.add(Finding.missing(container.origin(), what + " is not in the content store"));
      return List.of();
    }
    return steps(resolved.get(), container.namespace(), container.snapshotter());
  }

  private List<ImageLayer> steps(Resolved image, String namespace, @Nullable String snapshotter)
      throws IOException {
    reportMissingConfig(image);
    List<HistoryStep> history = image.config().map(ImageConfig::history).orElse(List.of());
    List<Digest> diffIds = diffIds(image, namespace);
    List<Digest> chainIds = ChainIds.of(diffIds);
    int layers = Math.max(image.document().layers().size(), chainIds.size());
    List<ImageLayer> steps = new ArrayList<>();
    int layer = 0;
    for (HistoryStep step : history) {
      boolean made = !step.emptyLayer() && layer < layers;
      Ids ids = ids(image, diffIds, chainIds, made ? layer++ : -1);
      steps.add(step(steps.size(), step, ids, snapshot(namespace, snapshotter, ids.chainId)));
    }
    while (layer < layers) {
      Ids ids = ids(image, diffIds, chainIds, layer++);
      steps.add(step(steps.size(), null, ids, snapshot(namespace, snapshotter, ids.chainId)));
    }
    return List.copyOf(steps);
  }

  /** What a step's layer is called; nothing at all where it made none. */
  private record Ids(
      @Nullable Descriptor archive,
      @Nullable Digest diffId,
      @Nullable Digest chainId,
      boolean none) {}

  private static Ids ids(Resolved image, List<Digest> diffIds, List<Digest> chainIds, int layer) {
    Descriptor archive = at(image.document().layers(), layer);
    return new Ids(archive, at(diffIds, layer), at(chainIds, layer), layer < 0);
  }

  /**
   * Of the layers unpacked, from the base up: as the config says or, where that is lost, as
   * containerd noted beside each archive.
   */
  private List<Digest> diffIds(Resolved image, String namespace) throws IOException {
    if (image.config().isPresent()) {
      return image.config().get().diffIds();
    }
    List<Digest> noted = new ArrayList<>();
    for (Descriptor archive : image.document().layers()) {
      Optional<Bucket> record =
          database.bucket(namespace, "content", "blob", String.valueOf(archive.digest()));
      String label =
          record.isEmpty() ? null : Fields.of(record.get()).map("labels").get(UNCOMPRESSED);
      Optional<Digest> diffId = label == null ? Optional.empty() : Digest.parse(label);
      if (diffId.isEmpty()) {
        break;
      }
      noted.add(diffId.get());
    }
    return noted;
  }

  private void reportMissingConfig(Resolved image) throws IOException {
    Digest config = image.document().config().map(Descriptor::digest).orElse(null);
    if (config != null && store.file(config).isEmpty()) {
      String what = "the image's config " + config + " is not in the content store: ";
      log.add(
          Finding.missing(store.origin(config), what + "who made its layers, and when, is lost"));
    }
  }

  private ImageLayer step(
      int index, @Nullable HistoryStep step, Ids ids, @Nullable Snapshot snapshot)
      throws IOException {
    Descriptor archive = ids.archive;
    Digest archiveDigest = archive == null ? null : archive.digest();
    return new ImageLayer(
        index,
        archiveDigest,
        ids.diffId,
        ids.chainId,
        archive == null ? null : archive.mediaType(),
        archive == null ? null : archive.size(),
        step == null ? null : step.created(),
        step == null ? null : step.createdBy(),
        step == null ? null : step.comment(),
        step == null ? null : step.author(),
        ids.none,
        snapshot == null ? null : snapshot.key(),
        snapshot == null ? null : snapshot.path(),
        archiveDigest != null && store.size(archiveDigest).isPresent(),
        snapshot != null && snapshot.present());
  }

  private @Nullable Snapshot snapshot(
      String namespace, @Nullable String snapshotter, @Nullable Digest chainId) throws IOException {
    if (chainId == null) {
      return null;
    }
    String key = chainId.toString();
    String in = snapshotter;
    if (in == null) {
      in = snapshots.snapshotterOf(namespace, key).orElse(null);
    }
    return in == null
        ? null
        : snapshots.find(namespace, in, key).map(Snapshots.Located::snapshot).orElse(null);
  }

  private static <T> @Nullable T at(List<T> list, int index) {
    return index >= 0 && index < list.size() ? list.get(index) : null;
  }
}
