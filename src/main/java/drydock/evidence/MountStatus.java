package drydock.evidence;

import java.util.Locale;

/** Whether the evidence has what was mounted. */
public enum MountStatus {
  /** It has it. */
  PRESENT,
  /** It was in memory (tmpfs), of which a disk has nothing. */
  MEMORY,
  /** The kernel makes it up: proc, sysfs and their like. */
  KERNEL,
  /** It was on a disk that was not given, or on another machine. */
  ELSEWHERE,
  /** It should be there and is not: deleted, or never written. */
  MISSING,
  /** A later mount lies over it. */
  COVERED,
  /** It had been unmounted when the container was frozen. */
  UNMOUNTED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
