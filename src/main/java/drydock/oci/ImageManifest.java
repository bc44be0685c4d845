package drydock.oci;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image for one platform: OCI's manifest (manifest.md) or Docker's version 2 schema 2.
 *
 * @param raw the document as it is stored
 * @param config null when the document names none, as in Docker's schema 1
 * @param layers the bottom one first
 * @param faults what in it was not as it should be
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record ImageManifest(
    byte[] raw,
    @Nullable Long schemaVersion,
    @Nullable String mediaType,
    @Nullable String artifactType,
    @Nullable Descriptor config,
    List<Descriptor> layers,
    @Nullable Descriptor subject,
    Map<String, String> annotations,
    List<String> faults) {
  public static ImageManifest decode(byte[] raw, Origin origin) throws CorruptDataException {
    Fields fields = Fields.parse(raw, origin);
    return new ImageManifest(
        raw,
        fields.number("schemaVersion"),
        fields.text("mediaType"),
        fields.text("artifactType"),
        fields.object("config").map(Descriptor::of).orElse(null),
        Descriptor.list(fields, "layers"),
        fields.object("subject").map(Descriptor::of).orElse(null),
        fields.map("annotations"),
        fields.faults());
  }
}
