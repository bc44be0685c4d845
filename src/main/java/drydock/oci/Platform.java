package drydock.oci;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an image runs on (OCI image-spec, image-index.md, "platform"). */
public record Platform(
    String os,
    String architecture,
    @Nullable String variant,
    @Nullable String osVersion,
    List<String> osFeatures) {
  /**
   * The platform that an object of a document says; empty without operating system or architecture.
   */
  static Optional<Platform> of(Fields fields) {
    String os = fields.text("os");
    String architecture = fields.text("architecture");
    if (os == null || architecture == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Platform(
            os,
            architecture,
            fields.text("variant"),
            fields.text("os.version"),
            fields.texts("os.features")));
  }

  /** As {@code linux/amd64} or {@code linux/arm64/v8}. */
  @Override
  public String toString() {
    String both = os + "/" + architecture;
    return variant == null ? both : both + "/" + variant;
  }
}
