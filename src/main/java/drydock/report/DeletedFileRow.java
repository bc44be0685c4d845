package drydock.report;

import drydock.fs.DeletedFile;
import drydock.fs.FileMeta;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A deleted file to be shown.
 *
 * @param partition the number of the partition that it is on; 0 is a whole disk
 * @param path where old copies of directories or deleted names say that it was: a guess; null when
 *     nothing tells
 * @param hashes of the content, by the names of their columns; what is not there could not be read
 */
public record DeletedFileRow(
    int partition,
    DeletedFile file,
    FileMeta meta,
    byte @Nullable [] path,
    Map<String, String> hashes) {

  /** The same with its content's hashes. */
  public DeletedFileRow with(Map<String, String> digests) {
    return new DeletedFileRow(partition, file, meta, path, digests);
  }
}
