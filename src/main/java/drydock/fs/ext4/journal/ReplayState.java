package drydock.fs.ext4.journal;

/** How far the recovery of a journal got. */
public enum ReplayState {
  /** There was nothing to recover. */
  CLEAN,
  /** All that was committed is applied. */
  APPLIED,
  /** What was committed before the damage is applied; the kernel would not mount it. */
  DAMAGED,
  /** The journal's superblock cannot be used: nothing is applied. */
  UNREADABLE
}
