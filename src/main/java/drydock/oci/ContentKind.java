package drydock.oci;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import org.jspecify.annotations.Nullable;

/** What a blob is, by its media type (OCI image-spec, media-types.md; Docker's schema 2). */
public enum ContentKind {
  INDEX,
  MANIFEST,
  CONFIG,
  LAYER,
  /** A media type that is none of these, or none at all. */
  OTHER;

  public static ContentKind of(@Nullable String mediaType) {
    if (mediaType == null) {
      return OTHER;
    }
    return switch (mediaType) {
      case "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json" ->
          INDEX;
      case "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json" ->
          MANIFEST;
      case "application/vnd.oci.image.config.v1+json",
          "application/vnd.docker.container.image.v1+json" ->
          CONFIG;
      default -> isLayer(mediaType) ? LAYER : OTHER;
    };
  }

  private static boolean isLayer(String mediaType) {
    return mediaType.startsWith("application/vnd.oci.image.layer.")
        || mediaType.startsWith("application/vnd.docker.image.rootfs.diff.tar")
        || mediaType.startsWith("application/vnd.docker.image.rootfs.foreign.diff.tar");
  }

  /** What a document is: by the media type in it, or by its fields when it names none. */
  public static ContentKind ofDocument(byte[] raw, Origin origin) throws CorruptDataException {
    Fields fields = Fields.parse(raw, origin);
    ContentKind named = of(fields.text("mediaType"));
    if (named != OTHER) {
      return named;
    }
    if (fields.has("manifests")) {
      return INDEX;
    }
    if (fields.has("config") && fields.has("layers")) {
      return MANIFEST;
    }
    return fields.has("rootfs") ? CONFIG : OTHER;
  }
}
