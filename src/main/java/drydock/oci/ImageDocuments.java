package drydock.oci;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the documents of an image (OCI image-spec 1.1): the same values make the same bytes.
 * Annotations are in the order of their names.
 */
public final class ImageDocuments {
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  public static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  public static final String LAYER_GZIP = LAYER + "+gzip";

  private static final int SCHEMA_VERSION = 2;

  private ImageDocuments() {}

  /** Writes the members of an object. */
  @FunctionalInterface
  private interface Members {
    void to(JsonWriter json) throws IOException;
  }

  /** The file {@code oci-layout}. */
  public static byte[] layout() {
    return document(json -> json.name("imageLayoutVersion").value("1.0.0"));
  }

  /**
   * A configuration of one layer without anything to run.
   *
   * @param created null when it is not known
   * @param createdBy what made the layer
   */
  public static byte[] config(
      Platform platform, Digest diffId, @Nullable Instant created, String createdBy) {
    return document(
        json -> {
          created(json, created);
          platform(json, platform);
          json.name("config").beginObject().endObject();
          json.name("rootfs").beginObject().name("type").value("layers");
          json.name("diff_ids").beginArray().value(diffId.toString()).endArray().endObject();
          json.name("history").beginArray().beginObject();
          created(json, created);
          json.name("created_by").value(createdBy).endObject().endArray();
        });
  }

  public static byte[] manifest(
      Descriptor config, List<Descriptor> layers, Map<String, String> annotations) {
    return document(
        json -> {
          head(json, MANIFEST);
          json.name("config");
          descriptor(json, config);
          descriptors(json, "layers", layers);
          annotations(json, annotations);
        });
  }

  public static byte[] index(List<Descriptor> manifests, Map<String, String> annotations) {
    return document(
        json -> {
          head(json, INDEX);
          descriptors(json, "manifests", manifests);
          annotations(json, annotations);
        });
  }

  private static void head(JsonWriter json, String mediaType) throws IOException {
    json.name("schemaVersion").value(SCHEMA_VERSION).name("mediaType").value(mediaType);
  }

  private static void created(JsonWriter json, @Nullable Instant created) throws IOException {
    if (created != null) {
      json.name("created").value(created.toString());
    }
  }

  private static void platform(JsonWriter json, Platform platform) throws IOException {
    json.name("architecture").value(platform.architecture()).name("os").value(platform.os());
    if (platform.variant() != null) {
      json.name("variant").value(platform.variant());
    }
  }

  private static void descriptors(JsonWriter json, String name, List<Descriptor> all)
      throws IOException {
    json.name(name).beginArray();
    for (Descriptor each : all) {
      descriptor(json, each);
    }
    json.endArray();
  }

  private static void descriptor(JsonWriter json, Descriptor each) throws IOException {
    json.beginObject();
    json.name("mediaType").value(each.mediaType());
    json.name("digest").value(String.valueOf(each.digest()));
    json.name("size").value(each.size());
    if (each.platform() != null) {
      json.name("platform").beginObject();
      platform(json, each.platform());
      json.endObject();
    }
    annotations(json, each.annotations());
    json.endObject();
  }

  private static void annotations(JsonWriter json, Map<String, String> annotations)
      throws IOException {
    if (annotations.isEmpty()) {
      return;
    }
    json.name("annotations").beginObject();
    for (Map.Entry<String, String> each : new TreeMap<>(annotations).entrySet()) {
      json.name(each.getKey()).value(each.getValue());
    }
    json.endObject();
  }

  private static byte[] document(Members members) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      members.to(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
