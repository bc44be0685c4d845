package drydock.fs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node's times, UTC, as precise as they are stored; null is one that the file system does not
 * keep.
 */
public record FileTimes(
    @Nullable Instant modified,
    @Nullable Instant accessed,
    @Nullable Instant changed,
    @Nullable Instant born,
    @Nullable Instant deleted) {
  /** When nothing is known. */
  public static final FileTimes NONE = new FileTimes(null, null, null, null, null);
}
