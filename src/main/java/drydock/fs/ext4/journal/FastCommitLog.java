package drydock.fs.ext4.journal;

import java.util.List;

/**
 * The fast commits that are to be applied after the log.
 *
 * @param commits how many there are
 * @param records their changes, in order
 */
public record FastCommitLog(int commits, List<FastCommitRecord> records) {
  public static final FastCommitLog EMPTY = new FastCommitLog(0, List.of());

  public boolean isEmpty() {
    return records.isEmpty();
  }
}
