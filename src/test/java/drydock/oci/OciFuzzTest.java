package drydock.oci;

import com.code_intelligence.jazzer.junit.FuzzTest;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.nio.charset.StandardCharsets;

/** Any bytes are a document or are refused with our exception; any text is a reference or none. */
class OciFuzzTest {
  private static final Origin ORIGIN = Origin.of("fuzz");

  @FuzzTest(maxDuration = "2m")
  void anyBytesAreADocumentOrRefused(byte[] data) {
    try {
      ContentKind.ofDocument(data, ORIGIN);
      ImageIndex.decode(data, ORIGIN);
      ImageManifest.decode(data, ORIGIN);
      ImageConfig.decode(data, ORIGIN).chainIds();
      RuntimeSpec.decode(data, ORIGIN);
    } catch (CorruptDataException e) {
      return;
    }
  }

  @FuzzTest(maxDuration = "2m")
  void anyTextIsAReferenceOrNone(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    ImageReference.parse(text).ifPresent(ImageReference::familiar);
    OciTime.parse(text);
  }
}
