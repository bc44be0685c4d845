package drydock.runtime.containerd;

import drydock.bytes.Origin;
import drydock.oci.ContentKind;
import drydock.oci.Descriptor;
import drydock.oci.ImageIndex;
import drydock.oci.ImageManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index or a manifest: what it names, digests that are none left out. An index has manifests, a
 * manifest a config and layers.
 */
record ImageDocument(
    @Nullable String mediaType,
    Optional<Descriptor> config,
    List<Descriptor> layers,
    List<Descriptor> manifests) {
  /** An index or manifest larger than this is none. */
  static final int MAX_BYTES = 8 << 20;

  /** The document that these bytes are; empty when they are neither index nor manifest. */
  static Optional<ImageDocument> decode(byte[] json, Origin origin) throws IOException {
    return switch (ContentKind.ofDocument(json, origin)) {
      case INDEX -> {
        ImageIndex index = ImageIndex.decode(json, origin);
        yield Optional.of(
            new ImageDocument(
                index.mediaType(), Optional.empty(), List.of(), named(index.manifests())));
      }
      case MANIFEST -> {
        ImageManifest manifest = ImageManifest.decode(json, origin);
        Optional<Descriptor> config =
            Optional.ofNullable(manifest.config()).filter(c -> c.digest() != null);
        yield Optional.of(
            new ImageDocument(manifest.mediaType(), config, manifest.layers(), List.of()));
      }
      default -> Optional.empty();
    };
  }

  /** Everything named, in the document's order. */
  List<Descriptor> references() {
    List<Descriptor> all = new ArrayList<>(manifests);
    config.ifPresent(all::add);
    all.addAll(named(layers));
    return all;
  }

  private static List<Descriptor> named(List<Descriptor> descriptors) {
    return descriptors.stream().filter(d -> d.digest() != null).toList();
  }
}
