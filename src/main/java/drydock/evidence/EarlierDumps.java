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
 * Archives of dumps that were made before a checkpoint and that it builds on, as Podman makes them
 * with {@code --pre-checkpoint}: they are given beside it, among the disks.
 */
public final class EarlierDumps {
  private EarlierDumps() {}

  /**
   * The same checkpoints, with what they build on, where it is in none of their own archives.
   *
   * @param opened takes what is to be closed behind them
   */
  public static List<Checkpoint> of(
      List<Checkpoint> checkpoints, List<Path> disks, List<Closeable> opened, FindingLog log)
      throws IOException {
    List<Checkpoint> whole = new ArrayList<>();
    List<Checkpoint> earlier = null;
    for (Checkpoint each : checkpoints) {
      if (disks.isEmpty() || !each.lacksParents()) {
        whole.add(each);
        continue;
      }
      if (earlier == null) {
        earlier = among(disks, opened, log);
      }
      whole.add(each.after(earlier));
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
