package drydock.runtime.containerd;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;

/**
 * Integers as Go's {@code encoding/binary} writes them: groups of seven bits, the lowest first, the
 * top bit set in all but the last byte.
 */
final class Varint {
  private static final int MAX_BYTES = 10;

  private Varint() {}

  /** A signed one, stored zig-zag: sizes and counts. */
  static long signed(byte[] raw, Origin origin) throws CorruptDataException {
    long bits = unsigned(raw, origin);
    return (bits >>> 1) ^ -(bits & 1);
  }

  /** An unsigned one (ids); above 2^63 it comes out negative. */
  static long unsigned(byte[] raw, Origin origin) throws CorruptDataException {
    long value = 0;
    for (int i = 0; i < Math.min(raw.length, MAX_BYTES); i++) {
      long group = raw[i] & 0x7f;
      if (i == MAX_BYTES - 1 && group > 1) {
        break;
      }
      value |= group << (7 * i);
      if (raw[i] >= 0) {
        return value;
      }
    }
    throw new CorruptDataException(
        origin, 0, "an integer that does not end", raw.length + " bytes", "a varint");
  }
}
