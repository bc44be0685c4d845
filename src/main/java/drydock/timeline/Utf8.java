package drydock.timeline;

/** Tells which bytes are UTF-8 (RFC 3629, section 4: no overlong forms, no surrogates). */
final class Utf8 {
  private static final int C1_LEAD = 0xc2;
  private static final int C1_END = 0xa0;

  private Utf8() {}

  /**
   * How many bytes the character has that begins there; 0 when they are ASCII, no UTF-8, or a C1
   * control character.
   */
  static int length(byte[] raw, int at) {
    int first = raw[at] & 0xff;
    int second = at + 1 < raw.length ? raw[at + 1] & 0xff : 0;
    if (first < 0xc2 || first > 0xf4 || (second & 0xc0) != 0x80) {
      return 0;
    }
    if (first < 0xe0) {
      return first == C1_LEAD && second < C1_END ? 0 : 2;
    }
    if (first < 0xf0) {
      boolean sound = first == 0xe0 ? second >= 0xa0 : first != 0xed || second < 0xa0;
      return sound && goesOn(raw, at + 2) ? 3 : 0;
    }
    boolean sound = first == 0xf0 ? second >= 0x90 : first != 0xf4 || second < 0x90;
    return sound && goesOn(raw, at + 2) && goesOn(raw, at + 3) ? 4 : 0;
  }

  private static boolean goesOn(byte[] raw, int at) {
    return at < raw.length && (raw[at] & 0xc0) == 0x80;
  }
}
