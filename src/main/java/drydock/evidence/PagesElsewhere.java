package drydock.evidence;

import drydock.bytes.UnsupportedFormatException;
import drydock.checkpoint.Checkpoint;
import drydock.finding.FindingLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Archives and directories with pages of a checkpoint that lies elsewhere: dumps that were made
 * before it and that it builds on, as Podman makes them with {@code --pre-checkpoint}, and what a
 * page server wrote. They are given beside it, among the disks.
 */
public final class PagesElsewhere {
  private PagesElsewhere() {}

  /**
   * The same checkpoints, with those of their pages that are not in their own archives.
   *
   * @param opened takes what is to be closed behind them
   */
  public static List<Checkpoint> of(
      List<Checkpoint> checkpoints, List<Path> disks, List<Closeable> opened, FindingLog log)
      throws IOException {
    List<Checkpoint> whole = new ArrayList<>();
    List<Checkpoint> others = null;
    for (Checkpoint each : checkpoints) {
      if (disks.isEmpty() || !each.lacksPages()) {
        whole.add(each);
        continue;
      }
      if (others == null) {
        others = among(disks, opened, log);
      }
      whole.add(each.with(others));
    }
    return List.copyOf(whole);
  }

  private static List<Checkpoint> among(List<Path> disks, List<Closeable> opened, FindingLog log)
      throws IOException {
    List<Checkpoint> found = new ArrayList<>();
    for (Path disk : disks) {
      try {
        found.addAll(FrozenEvidence.checkpoints(disk, opened, log));
      } catch (UnsupportedFormatException e) {
        // an archive of something else: the layers of an image
        continue;
      }
    }
    return found;
  }
}
