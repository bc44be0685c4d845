package drydock.finding;

/** How much a {@link Finding} takes from the answer. */
public enum Severity {
  /** Worth knowing; nothing is lost by it. Does not change the exit code. */
  NOTE,
  /** Bytes contradict their format: what was made of them may be incomplete or wrong. */
  DAMAGE,
  /** Something that is named in the evidence is not there. */
  MISSING
}
