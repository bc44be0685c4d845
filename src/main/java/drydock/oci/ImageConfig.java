package drydock.oci;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image's config (OCI image-spec, config.md). Null is what the document does not say.
 *
 * @param raw the document as it is stored
 * @param settings null when there are none
 * @param diffIds of the layers unpacked, the lowest first; up to the first that is none
 * @param history the first step first
 * @param faults what in it was not as it should be
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ImageConfig(
    byte[] raw,
    @Nullable Instant created,
    @Nullable String author,
    @Nullable String os,
    @Nullable String architecture,
    @Nullable String variant,
    @Nullable Platform platform,
    @Nullable ImageSettings settings,
    List<Digest> diffIds,
    List<HistoryStep> history,
    List<String> faults) {
  public static ImageConfig decode(byte[] raw, Origin origin) throws CorruptDataException {
    Fields fields = Fields.parse(raw, origin);
    List<String> texts = fields.object("rootfs").map(f -> f.texts("diff_ids")).orElse(List.of());
    List<Digest> diffIds = diffIds(texts);
    Instant created = fields.time("created");
    Platform platform = Platform.of(fields).orElse(null);
    ImageSettings settings = fields.object("config").map(ImageSettings::of).orElse(null);
    List<HistoryStep> history = fields.objects("history").stream().map(HistoryStep::of).toList();
    List<String> faults = new ArrayList<>(fields.faults());
    if (diffIds.size() < texts.size()) {
      faults.add("rootfs.diff_ids[" + diffIds.size() + "] is not a digest");
    }
    return new ImageConfig(
        raw,
        created,
        fields.text("author"),
        fields.text("os"),
        fields.text("architecture"),
        fields.text("variant"),
        platform,
        settings,
        diffIds,
        history,
        List.copyOf(faults));
  }

  /** The digests up to the first text that is none: what follows would name the wrong layers. */
  private static List<Digest> diffIds(List<String> texts) {
    List<Digest> digests = new ArrayList<>();
    for (String text : texts) {
      Optional<Digest> digest = Digest.parse(text);
      if (digest.isEmpty()) {
        break;
      }
      digests.add(digest.get());
    }
    return List.copyOf(digests);
  }

  /** The chain id of each layer, the lowest first: what containerd calls its snapshots. */
  public List<Digest> chainIds() {
    return ChainIds.of(diffIds);
  }
}
