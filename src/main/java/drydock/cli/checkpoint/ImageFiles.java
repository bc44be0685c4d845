package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.image.CheckpointImage;
import drydock.cli.option.Progress;
import drydock.export.Export;
import drydock.export.Exported;
import drydock.export.layout.Blob;
import drydock.export.layout.ImageLayout;
import drydock.export.layout.Layer;
import drydock.export.layout.LayerSink;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.DirectoryTree;
import drydock.fs.TreePath;
import drydock.oci.Descriptor;
import drydock.oci.Digest;
import drydock.oci.ImageDocuments;
import drydock.oci.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the image of a checkpoint: its files as the one layer, and the documents around it.
 *
 * @param reference the name of the image; null for none
 */
record ImageFiles(
    CheckpointImage image, @Nullable String reference, boolean gzip, int threads, FindingLog log) {
  private static final String CREATED_BY = "drydock checkpoint to-image";

  /** The annotations of an image in a layout: the specification's, and containerd's. */
  private static final List<String> NAMES =
      List.of("org.opencontainers.image.ref.name", "io.containerd.image.name");

  /** The digests of what was written. */
  record Written(
      Digest index, Digest manifest, Digest config, Digest layer, long layerSize, Digest diffId) {}

  /** Writes it; what of the files it does not have is a finding. */
  Written write(Checkpoint checkpoint, Path target, Progress progress) throws IOException {
    try (ImageLayout layout = ImageLayout.create(target)) {
      Layer layer = layer(checkpoint, layout, progress);
      Digest diffId = digest(layer.diffId());
      byte[] settings =
          ImageDocuments.config(image.platform(), diffId, image.created(), CREATED_BY);
      Descriptor config = document(layout, settings, ImageDocuments.CONFIG, null, Map.of());
      String layerType = gzip ? ImageDocuments.LAYER_GZIP : ImageDocuments.LAYER;
      Descriptor content = descriptor(layer.blob(), layerType, null, Map.of());
      byte[] manifest = ImageDocuments.manifest(config, List.of(content), image.annotations());
      Descriptor one =
          document(layout, manifest, ImageDocuments.MANIFEST, image.platform(), Map.of());
      byte[] all = ImageDocuments.index(List.of(one), image.annotations());
      Descriptor index = document(layout, all, ImageDocuments.INDEX, null, names());
      layout.finish(
          ImageDocuments.layout(), ImageDocuments.index(List.of(index), Map.of()), image.created());
      return new Written(
          digest(index), digest(one), digest(config), digest(content), layer.blob().size(), diffId);
    }
  }

  private Layer layer(Checkpoint checkpoint, ImageLayout layout, Progress progress)
      throws IOException {
    try (LayerSink sink = layout.layer(gzip, threads)) {
      Export.Options options = new Export.Options(path -> true, false, Long.MAX_VALUE, threads);
      new Export(sink, options, new Watcher(progress, log), log)
          .write(new DirectoryTree(checkpoint.directory()));
      sink.finish();
      return sink.layer();
    }
  }

  private Map<String, String> names() {
    Map<String, String> names = new TreeMap<>();
    if (reference != null) {
      NAMES.forEach(name -> names.put(name, reference));
    }
    return names;
  }

  private static Descriptor document(
      ImageLayout layout,
      byte[] document,
      String mediaType,
      @Nullable Platform platform,
      Map<String, String> annotations)
      throws IOException {
    return descriptor(layout.document(document), mediaType, platform, annotations);
  }

  private static Descriptor descriptor(
      Blob blob, String mediaType, @Nullable Platform platform, Map<String, String> annotations) {
    return new Descriptor(
        mediaType, digest(blob.sha256()), blob.size(), platform, null, List.of(), annotations);
  }

  private static Digest digest(String sha256) {
    return new Digest("sha256", sha256);
  }

  private static Digest digest(Descriptor descriptor) {
    return java.util.Objects.requireNonNull(descriptor.digest());
  }

  /** Tells what is not in the layer as it is in the checkpoint. */
  private record Watcher(Progress progress, FindingLog log) implements Export.Observer {
    @Override
    public void exported(Exported done) {
      progress.add(0, 1, done.path());
      for (String each : done.notKept()) {
        log.add(Finding.missing(done.node().origin(), "not in the image as it is here: " + each));
      }
    }

    @Override
    public void unreadable(TreePath path, String why) {
      // the walk has told it
    }

    @Override
    public void progress(long bytes, TreePath path) {
      progress.add(bytes, 0, path);
    }
  }
}
