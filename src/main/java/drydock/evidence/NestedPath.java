package drydock.evidence;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Evidence as it is typed: a path of this machine, or {@code DISK:/path} of an archive inside of a
 * node. What is there on this machine is never taken for the second.
 *
 * @param file on this machine
 * @param inside a path on the node that the file is; null when the file itself is meant
 */
public record NestedPath(Path file, @Nullable String inside) {
  public static NestedPath of(Path typed) {
    String text = typed.toString();
    int colon = text.indexOf(":/");
    return colon <= 0 || Files.exists(typed)
        ? new NestedPath(typed, null)
        : new NestedPath(Path.of(text.substring(0, colon)), text.substring(colon + 1));
  }
}
