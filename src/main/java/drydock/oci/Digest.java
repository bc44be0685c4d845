package drydock.oci;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a blob: {@code sha256:} and 64 hexadecimal digits (OCI image-spec, descriptor.md,
 * "Digests").
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
  private static final int SHORTEST_HEX = 32;
  private static final int LONGEST_HEX = 128;

  /** The digest that a text is; empty when it is none. */
  public static Optional<Digest> parse(String text) {
    int colon = text.indexOf(':');
    int hexDigits = text.length() - colon - 1;
    if (colon < 1
        || hexDigits < SHORTEST_HEX
        || hexDigits > LONGEST_HEX
        || !isAlgorithm(text, colon)
        || !isHex(text, colon + 1)) {
      return Optional.empty();
    }
    return Optional.of(new Digest(text.substring(0, colon), text.substring(colon + 1)));
  }

  /** Words of small letters and digits, one of {@code + . _ -} between two of them. */
  private static boolean isAlgorithm(String text, int end) {
    boolean inWord = false;
    for (int i = 0; i < end; i++) {
      char each = text.charAt(i);
      boolean letter = each >= 'a' && each <= 'z' || each >= '0' && each <= '9';
      if (!letter && (!inWord || "+._-".indexOf(each) < 0)) {
        return false;
      }
      inWord = letter;
    }
    return inWord;
  }

  private static boolean isHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char each = text.charAt(i);
      if (!(each >= '0' && each <= '9' || each >= 'a' && each <= 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }

  // Written out: what the compiler makes of a record is put together anew in each run.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest
        && algorithm.equals(digest.algorithm)
        && hex.equals(digest.hex);
  }

  @Override
  public int hashCode() {
    return 31 * algorithm.hashCode() + hex.hashCode();
  }
}
