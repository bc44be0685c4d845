package drydock.partition;

import drydock.bytes.LittleEndian;
import java.util.HexFormat;

/**
 * A GUID as text: lower case, as in {@code /dev/disk/by-partuuid}; the first three parts are stored
 * little-endian.
 */
final class Guid {
  static final String ZERO = "00000000-0000-0000-0000-000000000000";

  private Guid() {}

  static String of(byte[] raw) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(LittleEndian.i32(raw, 0))
        + "-"
        + hex.toHexDigits((short) LittleEndian.u16(raw, 4))
        + "-"
        + hex.toHexDigits((short) LittleEndian.u16(raw, 6))
        + "-"
        + hex.formatHex(raw, 8, 10)
        + "-"
        + hex.formatHex(raw, 10, 16);
  }
}
