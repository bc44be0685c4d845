package drydock.evidence.frozen;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.tar.MeasuredArchive;
import drydock.fs.tar.TarTree;
import drydock.oci.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the archive of a layer is what the documents of its image say it is: the digest of what
 * it unpacks to is in the configuration, which the image is known by; where that does not tell, the
 * digest of the archive as it is stored is in the manifest.
 *
 * @param digest of the archive as it is stored; null is unknown
 * @param diffId of what it unpacks to; null is unknown
 */
record LayerProof(@Nullable Digest digest, @Nullable Digest diffId, FindingLog log) {
  private static final String SHA256 = "sha256";

  /** Opens the archive; what does not fit is a finding, and is shown all the same. */
  TarTree open(ByteSource archive) throws IOException {
    if (diffId != null && canCompare(diffId)) {
      MeasuredArchive measured = MeasuredArchive.unpacked(archive, log);
      compare(archive.origin(), "what the layer unpacks to", measured.sha256(), diffId, log);
      return measured.tree();
    }
    if (digest != null && canCompare(digest)) {
      MeasuredArchive measured = MeasuredArchive.stored(archive, log);
      compare(archive.origin(), "the layer", measured.sha256(), digest, log);
      return measured.tree();
    }
    log.add(Finding.missing(archive.origin(), "no digest of the layer: it was not verified"));
    return TarTree.open(archive, log);
  }

  private static boolean canCompare(Digest digest) {
    return digest.algorithm().equals(SHA256);
  }

  /** Tells a digest that is another than the documents say. */
  static void compare(Origin origin, String what, String is, Digest expected, FindingLog log) {
    if (canCompare(expected) && !is.equals(expected.hex())) {
      String does = what + " does not fit its digest";
      log.add(Finding.damage(origin, 0, does, SHA256 + ":" + is, expected.toString()));
    }
  }
}
