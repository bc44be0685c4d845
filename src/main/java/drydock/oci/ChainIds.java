package drydock.oci;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The names of a stack of layers (OCI image-spec, config.md, "Layer ChainID"): the lowest layer's
 * is its diff id, any other's the SHA-256 of the chain id below it, a space and its own diff id.
 */
public final class ChainIds {
  private ChainIds() {}

  /** The chain id of each layer, the lowest first. */
  public static List<Digest> of(List<Digest> diffIds) {
    List<Digest> chainIds = new ArrayList<>();
    for (Digest diffId : diffIds) {
      chainIds.add(
          chainIds.isEmpty() ? diffId : sha256(chainIds.get(chainIds.size() - 1) + " " + diffId));
    }
    return List.copyOf(chainIds);
  }

  private static Digest sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(text.getBytes(StandardCharsets.US_ASCII));
      return new Digest("sha256", HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
