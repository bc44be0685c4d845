package drydock.bytes;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes many things, all of them, even where one cannot be. */
public final class Closing {
  private Closing() {}

  /**
   * Closes them in their order.
   *
   * @throws IOException what the first said that could not be closed; the others are suppressed
   */
  public static void all(Iterable<? extends Closeable> things) throws IOException {
    @Nullable IOException first = null;
    for (Closeable each : things) {
      try {
        each.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
