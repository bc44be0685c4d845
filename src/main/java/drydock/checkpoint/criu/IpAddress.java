package drydock.checkpoint.criu;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An address of the Internet as text: four numbers, or groups of hexadecimal digits with the
 * longest row of zeros left out (RFC 5952).
 */
public final class IpAddress {
  private static final int V4 = 4;
  private static final int V6 = 16;
  private static final int GROUPS = 8;

  private IpAddress() {}

  /** The text of 4 or 16 bytes; of other lengths their digits. */
  public static String text(byte[] raw) {
    if (raw.length == V4) {
      return (raw[0] & 0xff)
          + "."
          + (raw[1] & 0xff)
          + "."
          + (raw[2] & 0xff)
          + "."
          + (raw[3] & 0xff);
    }
    if (raw.length != V6) {
      return "0x" + HexFormat.of().formatHex(raw);
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (raw[2 * i] & 0xff) << Byte.SIZE | raw[2 * i + 1] & 0xff;
    }
    int longest = 0;
    int start = -1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest && end - i > 1) {
        longest = end - i;
        start = i;
      }
    }
    return start < 0
        ? join(groups, 0, GROUPS)
        : join(groups, 0, start) + "::" + join(groups, start + longest, GROUPS);
  }

  private static String join(int[] groups, int from, int to) {
    List<String> words = new ArrayList<>();
    for (int i = from; i < to; i++) {
      words.add(Integer.toHexString(groups[i]));
    }
    return String.join(":", words);
  }
}
