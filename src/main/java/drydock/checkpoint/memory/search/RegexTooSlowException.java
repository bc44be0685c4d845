package drydock.checkpoint.memory.search;

import java.io.IOException;

/** An expression that backtracks without end; its message names it. */
public final class RegexTooSlowException extends IOException {
  private static final long serialVersionUID = 1L;

  RegexTooSlowException(String name) {
    super(
        "the expression '"
            + name
            + "' tries too many ways for the same bytes: make it simpler, without repetitions"
            + " inside of repetitions");
  }
}
