package drydock.fs.ext4.journal;

import drydock.finding.FindingLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What fast commits changed, laid over a file system whose log was recovered: inodes, the blocks of
 * files, names in directories. Immutable.
 */
public final class FastCommits {
  public static final FastCommits NONE = new FastCommits(Map.of(), Map.of(), Map.of());

  private final Map<Long, byte[]> inodes;
  private final Map<Long, List<BlockRange>> ranges;
  private final Map<Long, DirectoryEdits> directories;

  FastCommits(
      Map<Long, byte[]> inodes,
      Map<Long, List<BlockRange>> ranges,
      Map<Long, DirectoryEdits> directories) {
    this.inodes = new HashMap<>(inodes);
    this.ranges = new HashMap<>(ranges);
    this.directories = new HashMap<>(directories);
  }

  /** Applies them one after the other, as recovery does. What cannot be applied is a finding. */
  public static FastCommits replay(
      FastCommitLog commits, RecoveredFiles files, ReplayFacts facts, FindingLog log) {
    if (commits.isEmpty()) {
      return NONE;
    }
    FastCommitReplay replay = new FastCommitReplay(files, facts, log);
    commits.records().forEach(replay::apply);
    return replay.result();
  }

  public boolean isEmpty() {
    return inodes.isEmpty() && ranges.isEmpty() && directories.isEmpty();
  }

  /** An inode to be used instead of the one on the disk; its checksum was not made again. */
  public Optional<byte[]> inode(long number) {
    byte[] changed = inodes.isEmpty() ? null : inodes.get(number);
    return changed == null ? Optional.empty() : Optional.of(changed.clone());
  }

  /** Where the blocks of a file lie, instead of where the inode's extents say; in order. */
  public Optional<List<BlockRange>> rangesOf(long inode) {
    return Optional.ofNullable(ranges.get(inode));
  }

  /** What is to be changed in the names that the disk has for a directory. */
  public Optional<DirectoryEdits> entriesOf(long directory) {
    return Optional.ofNullable(directories.get(directory));
  }
}
