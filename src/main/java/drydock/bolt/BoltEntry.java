package drydock.bolt;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A key of a bucket and what is under it.
 *
 * @param value null when a nested bucket is under the key
 */
@SuppressWarnings("ArrayRecordComponent") // handed out once, compared by nobody
public record BoltEntry(byte[] key, byte @Nullable [] value, boolean isBucket) {
  /** The key as UTF-8 text. */
  public String keyText() {
    return new String(key, StandardCharsets.UTF_8);
  }
}
