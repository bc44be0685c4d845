package drydock.disk;

/** Big-endian integers out of an array, for table entries. */
final class BigEndian {
  private BigEndian() {}

  static int i32(byte[] raw, int at) {
    return (raw[at] & 0xff) << 24
        | (raw[at + 1] & 0xff) << 16
        | (raw[at + 2] & 0xff) << 8
        | (raw[at + 3] & 0xff);
  }

  static long i64(byte[] raw, int at) {
    return (long) i32(raw, at) << 32 | (i32(raw, at + 4) & 0xffff_ffffL);
  }
}
