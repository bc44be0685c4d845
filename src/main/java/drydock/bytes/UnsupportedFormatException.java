package drydock.bytes;

import java.io.IOException;

/** Evidence that is sound as far as one can see and that we cannot read: it names the feature. */
public final class UnsupportedFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Origin origin;

  public UnsupportedFormatException(Origin origin, String what) {
    super(origin + ": " + what);
    this.origin = origin;
  }

  public Origin origin() {
    return origin;
  }
}
