package drydock.bytes;

/**
 * Little-endian integers out of an array, for loops that are too hot for a generated shape. The
 * array's bounds are the caller's to check.
 */
public final class LittleEndian {
  private LittleEndian() {}

  public static int u8(byte[] raw, int at) {
    return raw[at] & 0xff;
  }

  public static int u16(byte[] raw, int at) {
    return (raw[at] & 0xff) | (raw[at + 1] & 0xff) << 8;
  }

  /** Four bytes as they are, perhaps negative. */
  public static int i32(byte[] raw, int at) {
    return u16(raw, at) | u16(raw, at + 2) << 16;
  }

  public static long u32(byte[] raw, int at) {
    return i32(raw, at) & 0xffff_ffffL;
  }

  /** Eight bytes; what is unsigned and above 2^63 comes out negative. */
  public static long i64(byte[] raw, int at) {
    return u32(raw, at) | (long) i32(raw, at + 4) << 32;
  }
}
