package drydock.runtime;

import java.util.Locale;

/** What the disk proves of a container's state at the moment of acquisition. */
public enum Status {
  /** Made, never started. */
  CREATED,
  /** Started and never finished. */
  RUNNING,
  /** Finished; the exit code says how. */
  EXITED,
  /** The disk does not tell. */
  UNKNOWN;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
