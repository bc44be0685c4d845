package drydock.checkpoint.triage;

import java.util.Locale;

/** How soon something is worth a look; the first is the soonest. */
public enum Severity {
  /** Hardly ever there in a container that does what it was made for. */
  HIGH,
  /** Seldom there for a good reason. */
  MEDIUM,
  /** Often harmless, but where an investigation goes on from. */
  LOW;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
