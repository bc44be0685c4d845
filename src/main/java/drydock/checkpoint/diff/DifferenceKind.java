package drydock.checkpoint.diff;

import java.util.Locale;

/** What differs, in the order in which it is told. */
public enum DifferenceKind {
  /** What became of the container, by the records of its node. */
  CONTAINER,
  /** What the engine's documents say. */
  SPEC,
  PROCESS,
  ENVIRONMENT,
  DESCRIPTOR,
  SOCKET,
  MOUNT,
  AREA,
  /** Contents of memory. */
  PAGES,
  FILE;

  /** Its name in records. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
