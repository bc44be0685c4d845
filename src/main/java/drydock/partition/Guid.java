package drydock.partition;

import drydock.bytes.LittleEndian;
import java.util.Locale;

/**
 * A GUID as text: lower case, as in {@code /dev/disk/by-partuuid}; the first three parts are stored
 * little-endian.
 */
final class Guid {
  static final String ZERO = "00000000-0000-0000-0000-000000000000";

  private Guid() {}

  static String of(byte[] raw) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%08x-%04x-%04x-",
            LittleEndian.i32(raw, 0),
            LittleEndian.u16(raw, 4),
            LittleEndian.u16(raw, 6)));
    for (int i = 8; i < 16; i++) {
      text.append(i == 10 ? "-" : "").append(String.format(Locale.ROOT, "%02x", raw[i]));
    }
    return text.toString();
  }
}
