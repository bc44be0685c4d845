package drydock.evidence;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be opened, and how.
 *
 * @param path the disk, or the directory that stands for the node; or a checkpoint, which may be
 *     {@code DISK:/path} of one on a node
 * @param disks the other disks of the same node; of a checkpoint those of its node
 * @param partition the number of the one partition to be looked at, in place of what is found by
 *     itself
 * @param offset where a bare file system starts on the disk, in place of its table
 * @param root the engine's root directory in the node's tree, in place of what is found by itself
 * @param applyJournal see {@link drydock.fs.OpenOptions}
 */
public record EvidenceOptions(
    Path path,
    List<Path> disks,
    @Nullable Integer partition,
    @Nullable Long offset,
    @Nullable String root,
    boolean applyJournal) {

  /** One path, all else found by itself. */
  public static EvidenceOptions of(Path path) {
    return new EvidenceOptions(path, List.of(), null, null, null, true);
  }

  /** The same of other files. */
  EvidenceOptions with(Path other, List<Path> others) {
    return new EvidenceOptions(other, List.copyOf(others), partition, offset, root, applyJournal);
  }
}
