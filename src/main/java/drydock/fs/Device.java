package drydock.fs;

/** A device number; both halves are unsigned 32 bits wide. */
public record Device(long major, long minor) {
  /** Overlayfs marks a deleted name with a character device of this number. */
  public static final Device ZERO = new Device(0, 0);

  /** {@code "8:1"}. */
  @Override
  public String toString() {
    return major + ":" + minor;
  }
}
