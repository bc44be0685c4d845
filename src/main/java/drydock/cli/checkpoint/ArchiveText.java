package drydock.cli.checkpoint;

import drydock.report.Escape;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What was typed for an archive: a file or directory of this machine, or one inside of a node's
 * disk, {@code DISK:/path}. What is there on this machine is never taken for the second.
 *
 * @param typed as it was typed
 * @param file the archive, or the disk that it lies in
 * @param inside its path on the node; null when it lies on this machine
 */
record ArchiveText(String typed, Path file, byte @Nullable [] inside) {
  static ArchiveText of(String typed) {
    Path path = Path.of(typed);
    int colon = typed.indexOf(":/");
    if (colon <= 0 || Files.exists(path)) {
      return new ArchiveText(typed, path, null);
    }
    Path disk = Path.of(typed.substring(0, colon));
    return new ArchiveText(typed, disk, Escape.unescape(typed.substring(colon + 1)));
  }
}
