package drydock.runtime.containerd;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import drydock.bytes.Origin;
import drydock.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An image's config: its platform, layers unpacked and history (OCI image-spec config.md). */
record ImageConfigDocument(@Nullable String platform, List<Digest> diffIds, List<Step> history) {
  /** A line of the history. */
  record Step(
      @Nullable Instant created,
      @Nullable String createdBy,
      @Nullable String comment,
      @Nullable String author,
      boolean emptyLayer) {}

  static ImageConfigDocument decode(byte[] json, Origin origin) throws IOException {
    JsonFields fields =
        JsonFields.pick(
            json, origin, "os", "architecture", "variant", "rootfs.diff_ids", "history");
    List<Digest> diffIds = new ArrayList<>();
    for (String text : fields.texts("rootfs.diff_ids")) {
      Digest.parse(text).ifPresent(diffIds::add);
    }
    List<Step> history = new ArrayList<>();
    for (JsonObject step : fields.objects("history")) {
      history.add(
          new Step(
              time(JsonFields.string(step.get("created"))),
              JsonFields.string(step.get("created_by")),
              JsonFields.string(step.get("comment")),
              JsonFields.string(step.get("author")),
              step.get("empty_layer") instanceof JsonPrimitive empty && empty.getAsBoolean()));
    }
    String platform =
        ImageDocument.platform(
            fields.text("os"), fields.text("architecture"), fields.text("variant"));
    return new ImageConfigDocument(platform, List.copyOf(diffIds), List.copyOf(history));
  }

  /**
   * Each layer's chain id: the digest of all diff ids up to it, two by two (config.md, "ChainID").
   */
  List<Digest> chainIds() {
    List<Digest> chainIds = new ArrayList<>();
    for (Digest diffId : diffIds) {
      chainIds.add(
          chainIds.isEmpty() ? diffId : digest(chainIds.get(chainIds.size() - 1) + " " + diffId));
    }
    return chainIds;
  }

  private static Digest digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new Digest("sha256", HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static @Nullable Instant time(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
