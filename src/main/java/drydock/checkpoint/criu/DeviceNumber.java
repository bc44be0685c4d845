package drydock.checkpoint.criu;

/** A device by its numbers, as text "8:1". */
public record DeviceNumber(long major, long minor) {
  private static final int MINOR_BITS = 20;

  /**
   * Source: the kernel's include/linux/kdev_t.h; of the other form glibc's gnu_dev_major, by which
   * a number without upper bits is the old one of 8 bits each.
   *
   * @param old whether it is as stat(2) gives it; else as the kernel keeps it
   */
  static DeviceNumber of(long number, boolean old) {
    if (!old) {
      return new DeviceNumber(number >>> MINOR_BITS, number & (1 << MINOR_BITS) - 1);
    }
    long major = number >>> 8 & 0xfff | number >>> 32 & 0xffff_f000L;
    long minor = number & 0xff | number >>> 12 & 0xffff_ff00L;
    return new DeviceNumber(major, minor);
  }

  @Override
  public String toString() {
    return major + ":" + minor;
  }
}
