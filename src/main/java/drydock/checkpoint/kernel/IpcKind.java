package drydock.checkpoint.kernel;

import java.util.Locale;

/** The kinds of objects of System V. */
public enum IpcKind {
  SEGMENT,
  SEMAPHORES,
  QUEUE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
