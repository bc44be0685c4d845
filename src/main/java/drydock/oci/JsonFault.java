package drydock.oci;

/** What is wrong with a text that should be JSON, as one short line for a person. */
public final class JsonFault {
  private static final int MAX_CHARACTERS = 160;

  /** What Gson advises those who program with it. */
  private static final String ADVICE =
      "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON";

  private JsonFault() {}

  /**
   * What Gson's exception says, or the one in it, whose class the outer one would name. Cut off
   * where it is long: it has the path to the fault, which hostile text makes as long as it likes.
   */
  public static String of(Exception e) {
    Throwable fault = e.getCause() == null ? e : e.getCause();
    String line = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    String plain = line.replace(ADVICE, "Malformed text");
    return plain.length() <= MAX_CHARACTERS ? plain : plain.substring(0, MAX_CHARACTERS) + "...";
  }
}
