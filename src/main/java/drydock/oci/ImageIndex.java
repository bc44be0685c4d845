package drydock.oci;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image for several platforms: OCI's index (image-index.md) or Docker's manifest list.
 *
 * @param raw the document as it is stored
 * @param faults what in it was not as it should be
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ImageIndex(
    byte[] raw,
    @Nullable String mediaType,
    @Nullable String artifactType,
    List<Descriptor> manifests,
    @Nullable Descriptor subject,
    Map<String, String> annotations,
    List<String> faults) {
  public static ImageIndex decode(byte[] raw, Origin origin) throws CorruptDataException {
    Fields fields = Fields.parse(raw, origin);
    return new ImageIndex(
        raw,
        fields.text("mediaType"),
        fields.text("artifactType"),
        Descriptor.list(fields, "manifests"),
        fields.object("subject").map(Descriptor::of).orElse(null),
        fields.map("annotations"),
        fields.faults());
  }
}
