package drydock.oci;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a blob (OCI image-spec, descriptor.md). Null is what the document does not say.
 *
 * @param digest null when what stands there is none, which is a fault of the document
 * @param size in bytes, as the document says
 */
public record Descriptor(
    @Nullable String mediaType,
    @Nullable Digest digest,
    @Nullable Long size,
    @Nullable Platform platform,
    @Nullable String artifactType,
    List<String> urls,
    Map<String, String> annotations) {
  /** The annotation by which BuildKit marks what describes another image of an index. */
  private static final String DOCKER_REFERENCE = "vnd.docker.reference.type";

  static Descriptor of(Fields fields) {
    return new Descriptor(
        fields.text("mediaType"),
        fields.digest("digest"),
        fields.number("size"),
        fields.object("platform").flatMap(Platform::of).orElse(null),
        fields.text("artifactType"),
        fields.texts("urls"),
        fields.map("annotations"));
  }

  static List<Descriptor> list(Fields fields, String name) {
    return fields.objects(name).stream().map(Descriptor::of).toList();
  }

  /** What kind of content it refers to, by its media type. */
  public ContentKind kind() {
    return ContentKind.of(mediaType);
  }

  /**
   * Whether it describes another image of the index (BuildKit's provenance) rather than being one.
   */
  public boolean isAttestation() {
    return annotations.containsKey(DOCKER_REFERENCE);
  }
}
