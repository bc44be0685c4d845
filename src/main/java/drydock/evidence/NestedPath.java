package drydock.evidence;

import drydock.fs.NameText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Evidence as it is typed: a file or directory of this machine, or {@code DISK:/path} of one inside
 * of a node. What is there on this machine is never taken for the second.
 *
 * @param file on this machine: what is meant, or the disk that it lies on
 * @param inside its path on the node; null when the file itself is meant
 */
public record NestedPath(Path file, byte @Nullable [] inside) {
  /** The path of a text, in which {@code \xNN} may stand for a byte of the path on the node. */
  public static NestedPath of(String typed) {
    Path path = Path.of(typed);
    int colon = typed.indexOf(":/");
    return colon <= 0 || Files.exists(path)
        ? new NestedPath(path, null)
        : new NestedPath(
            Path.of(typed.substring(0, colon)), NameText.unescape(typed.substring(colon + 1)));
  }
}
