package drydock.bytes;

import java.io.IOException;

/** Something was left out for what it would cost; the message says what. Nothing is damaged. */
public final class LeftOutException extends IOException {
  private static final long serialVersionUID = 1;

  public LeftOutException(String what) {
    super(what);
  }
}
