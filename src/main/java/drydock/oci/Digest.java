package drydock.oci;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The digest of a blob: {@code sha256:} and 64 hexadecimal digits (OCI image-spec, descriptor.md,
 * "Digests").
 */
public record Digest(String algorithm, String hex) implements Comparable<Digest> {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9]+(?:[+._-][a-z0-9]+)*):([a-f0-9]{32,128})");

  /** The digest that a text is; empty when it is none. */
  public static Optional<Digest> parse(String text) {
    var match = FORM.matcher(text);
    return match.matches()
        ? Optional.of(new Digest(match.group(1), match.group(2)))
        : Optional.empty();
  }

  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
