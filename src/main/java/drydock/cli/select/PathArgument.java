package drydock.cli.select;

import drydock.fs.NameText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path as it is typed: {@code /path} on the node, or {@code CONTAINER:/path} in a container's
 * merged view.
 *
 * <p>What begins with a slash is on the node. Else the first {@code :/} ends the container's name:
 * no part of such a name ends in a colon or begins with a slash, while colons in paths are common.
 * {@code \xNN} in the path is that byte, as listings print it; so every name can be typed.
 *
 * @param container what names the container; null for the node
 * @param path from the root of that tree
 */
public record PathArgument(@Nullable String container, byte[] path) {
  /** The path that a text is; empty when it is none. */
  public static Optional<PathArgument> parse(String text) {
    if (text.startsWith("/")) {
      return Optional.of(new PathArgument(null, NameText.unescape(text)));
    }
    int split = text.indexOf(":/");
    return split <= 0
        ? Optional.empty()
        : Optional.of(
            new PathArgument(
                text.substring(0, split), NameText.unescape(text.substring(split + 1))));
  }
}
