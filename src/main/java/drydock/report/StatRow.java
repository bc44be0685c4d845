package drydock.report;

import drydock.provenance.PathVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file with what the layers of its container made of its path.
 *
 * @param versions the newest first; null where there are no layers
 */
public record StatRow(FileRow file, @Nullable List<Version> versions) {
  /**
   * One of them.
   *
   * @param file what is there; of a deletion the mark
   * @param hashes by the names of their columns
   * @param sameAs the layer of the newest version with the same content; null when there is none
   */
  public record Version(
      PathVersion made, FileRow file, Map<String, String> hashes, @Nullable Integer sameAs) {}
}
