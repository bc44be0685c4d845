package drydock.fs;

import org.jspecify.annotations.Nullable;

/** A device number; both halves are unsigned 32 bits wide. */
public record Device(long major, long minor) {
  /** Overlayfs marks a deleted name with a character device of this number. */
  public static final Device ZERO = new Device(0, 0);

  /** {@code "8:1"}. */
  @Override
  public String toString() {
    return major + ":" + minor;
  }

  // Written out: what the compiler makes of a record is put together anew in each run.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Device device && major == device.major && minor == device.minor;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(major) + Long.hashCode(minor);
  }
}
