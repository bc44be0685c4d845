package drydock.runtime.containerd;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import drydock.bytes.Origin;
import drydock.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image index or manifest, OCI or Docker: what it names. An index has manifests, a manifest a
 * config and layers.
 */
record ImageDocument(
    @Nullable String mediaType,
    Optional<Reference> config,
    List<Reference> layers,
    List<Reference> manifests) {
  /** An index or manifest larger than this is none. */
  static final int MAX_BYTES = 8 << 20;

  /**
   * A descriptor of other content.
   *
   * @param platform as {@code linux/amd64}; null when the descriptor has none
   * @param isAttestation whether it describes an image rather than being one
   */
  record Reference(
      Digest digest,
      @Nullable String mediaType,
      @Nullable Long size,
      @Nullable String platform,
      boolean isAttestation) {}

  static ImageDocument decode(byte[] json, Origin origin) throws IOException {
    JsonFields fields = JsonFields.pick(json, origin, "mediaType", "config", "layers", "manifests");
    List<Reference> config = references(fields.objects("config"));
    return new ImageDocument(
        fields.text("mediaType"),
        config.stream().findFirst(),
        references(fields.objects("layers")),
        references(fields.objects("manifests")));
  }

  /** Everything named, in the document's order. */
  List<Reference> references() {
    List<Reference> all = new ArrayList<>(manifests);
    config.ifPresent(all::add);
    all.addAll(layers);
    return all;
  }

  /** Whether it names anything: if not, it is no document of an image. */
  boolean isOne() {
    return config.isPresent() || !manifests.isEmpty() || !layers.isEmpty();
  }

  private static List<Reference> references(List<JsonObject> descriptors) {
    List<Reference> references = new ArrayList<>();
    for (JsonObject descriptor : descriptors) {
      String digest = JsonFields.string(descriptor.get("digest"));
      Optional<Digest> parsed = digest == null ? Optional.empty() : Digest.parse(digest);
      parsed.ifPresent(
          known ->
              references.add(
                  new Reference(
                      known,
                      JsonFields.string(descriptor.get("mediaType")),
                      JsonFields.integer(descriptor.get("size")),
                      platform(descriptor.get("platform")),
                      isAttestation(descriptor.get("annotations")))));
    }
    return List.copyOf(references);
  }

  /** {@code os/architecture[/variant]}; null when there is no operating system or architecture. */
  static @Nullable String platform(@Nullable JsonElement element) {
    if (!(element instanceof JsonObject platform)) {
      return null;
    }
    return platform(
        JsonFields.string(platform.get("os")),
        JsonFields.string(platform.get("architecture")),
        JsonFields.string(platform.get("variant")));
  }

  static @Nullable String platform(
      @Nullable String os, @Nullable String architecture, @Nullable String variant) {
    if (os == null || architecture == null) {
      return null;
    }
    String both = os + "/" + architecture;
    return variant == null || variant.isEmpty() ? both : both + "/" + variant;
  }

  private static boolean isAttestation(@Nullable JsonElement annotations) {
    return annotations instanceof JsonObject object && object.has("vnd.docker.reference.type");
  }
}
