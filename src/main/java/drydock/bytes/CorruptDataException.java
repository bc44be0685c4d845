package drydock.bytes;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that contradicts its format so that there is nothing to go on with. Says where, what was
 * found and what was expected; the message is one line. It has no stack trace: one hostile
 * structure may make tens of thousands, and where in the evidence it is says more than where in the
 * program.
 */
public final class CorruptDataException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Origin origin;
  private final long offset;
  private final String what;
  private final @Nullable String found;
  private final @Nullable String expected;

  /** {@code offset} is in bytes from the start of what {@code origin} names. */
  public CorruptDataException(
      Origin origin, long offset, String what, @Nullable String found, @Nullable String expected) {
    super(
        origin
            + " at "
            + offset
            + ": "
            + what
            + (found == null ? "" : ", found " + found)
            + (expected == null ? "" : ", expected " + expected));
    this.origin = origin;
    this.offset = offset;
    this.what = what;
    this.found = found;
    this.expected = expected;
  }

  public CorruptDataException(Origin origin, long offset, String what) {
    this(origin, offset, what, null, null);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  public Origin origin() {
    return origin;
  }

  public long offset() {
    return offset;
  }

  /** What is wrong, without the place. */
  public String what() {
    return what;
  }

  public @Nullable String found() {
    return found;
  }

  public @Nullable String expected() {
    return expected;
  }
}
