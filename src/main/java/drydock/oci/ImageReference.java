package drydock.oci;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an image: {@code docker.io/library/nginx:1.25@sha256:...}, by the rules of
 * distribution/reference 0.6, which Docker and containerd follow.
 *
 * @param domain the registry, with its port; empty for a path whose start looks like a registry and
 *     is none
 * @param path the repository in it
 * @param tag null when none is said
 * @param digest null when none is said
 */
public record ImageReference(
    String domain, String path, @Nullable String tag, @Nullable Digest digest) {
  private static final String DOCKER_HUB = "docker.io";
  private static final String OLD_DOCKER_HUB = "index.docker.io";
  private static final String OFFICIAL = "library/";
  private static final int MAX_PATH = 255;

  /** No registry takes longer ones; it bounds what the patterns may cost. */
  private static final int MAX_LENGTH = 1024;

  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])"
              + "(?:\\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*"
              + "|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?");

  private static final String COMPONENT = "[a-z0-9]++(?:(?:__|[._]|-++)[a-z0-9]++)*+";
  private static final Pattern REST =
      Pattern.compile(
          "("
              + COMPONENT
              + "(?:/"
              + COMPONENT
              + ")*+)(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(.+))?");

  private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");

  /**
   * The reference that a text is, be it a short one such as {@code nginx}; empty when it is none.
   */
  public static Optional<ImageReference> parse(String text) {
    if (text.length() > MAX_LENGTH || IDENTIFIER.matcher(text).matches()) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    String first = slash < 0 ? "" : text.substring(0, slash);
    boolean named = isDomain(first);
    String domain = !named || first.equals(OLD_DOCKER_HUB) ? DOCKER_HUB : first;
    String rest = named ? text.substring(slash + 1) : text;
    if (domain.equals(DOCKER_HUB) && rest.indexOf('/') < 0) {
      rest = OFFICIAL + rest;
    }
    if (!DOMAIN.matcher(domain).matches()) {
      // what cannot be a registry may still be the start of a path, as x_y.com in x_y.com/z
      rest = domain + "/" + rest;
      domain = "";
    }
    return parse(domain, rest);
  }

  private static Optional<ImageReference> parse(String domain, String rest) {
    Matcher match = REST.matcher(rest);
    if (!match.matches() || match.group(1).length() > MAX_PATH) {
      return Optional.empty();
    }
    if (match.group(3) == null) {
      return Optional.of(new ImageReference(domain, match.group(1), match.group(2), null));
    }
    return Digest.parse(match.group(3))
        .filter(ImageReference::isWhole)
        .map(digest -> new ImageReference(domain, match.group(1), match.group(2), digest));
  }

  /** Whether what stands before the first slash is a registry and not part of a path. */
  private static boolean isDomain(String first) {
    return first.equals("localhost")
        || first.indexOf('.') >= 0
        || first.indexOf(':') >= 0
        || !first.equals(first.toLowerCase(Locale.ROOT));
  }

  /** Whether a digest has the length of its algorithm. */
  private static boolean isWhole(Digest digest) {
    return switch (digest.algorithm()) {
      case "sha256" -> digest.hex().length() == 64;
      case "sha384" -> digest.hex().length() == 96;
      case "sha512" -> digest.hex().length() == 128;
      default -> false;
    };
  }

  /** Registry and repository: {@code docker.io/library/nginx}. */
  public String name() {
    return domain.isEmpty() ? path : domain + "/" + path;
  }

  /** This reference with the tag {@code latest} if it has neither tag nor digest. */
  public ImageReference withDefaultTag() {
    return tag == null && digest == null ? new ImageReference(domain, path, "latest", null) : this;
  }

  /** As people write it: without {@code docker.io/} and {@code library/}. */
  public String familiar() {
    if (!domain.equals(DOCKER_HUB)) {
      return toString();
    }
    boolean official = path.startsWith(OFFICIAL) && path.indexOf('/', OFFICIAL.length()) < 0;
    return (official ? path.substring(OFFICIAL.length()) : path) + suffix();
  }

  @Override
  public String toString() {
    return name() + suffix();
  }

  private String suffix() {
    return (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }
}
