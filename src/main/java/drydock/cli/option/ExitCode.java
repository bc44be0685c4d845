package drydock.cli.option;

/** What a command's end says to the shell. */
public final class ExitCode {
  public static final int DONE = 0;

  /** It could not be done, or not all of it. */
  public static final int COULD_NOT = 1;

  /** What was typed makes no sense, or names nothing or too much. */
  public static final int USAGE = 2;

  /** Done, but part of the evidence is damaged or missing: the findings say what. */
  public static final int WITH_FINDINGS = 3;

  private ExitCode() {}
}
