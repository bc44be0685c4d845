package drydock.checkpoint.diff;

import java.util.Locale;

/** What became of it between the one and the other. */
public enum ChangeKind {
  ADDED,
  REMOVED,
  CHANGED;

  /** Its name in records. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
