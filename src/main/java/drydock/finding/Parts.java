package drydock.finding;

import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of an answer one by one. One that cannot be read is a finding and hides no other.
 *
 * @param whole what the parts are of, where an error does not say it better
 */
public record Parts(Origin whole, FindingLog log) {
  /** One part of the answer. */
  @FunctionalInterface
  public interface Part<T> {
    @Nullable T read() throws IOException;
  }

  /** A part; null where it cannot be read. */
  public <T> @Nullable T attempt(Part<T> part) {
    try {
      return part.read();
    } catch (NoSuchFileException e) {
      log.add(Finding.missing(whole, "there is no " + e.getFile()));
    } catch (UnsupportedFormatException e) {
      log.add(Finding.missing(whole, String.valueOf(e.getMessage()))); // sound, but not read here
    } catch (IOException e) {
      log.add(e, whole);
    }
    return null;
  }
}
