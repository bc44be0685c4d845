package drydock.fs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes as characters that can be compared one by one: code points where they are UTF-8, and {@link
 * #BYTE} plus its value for each byte that is not.
 */
final class Characters {
  /** Added to a byte that is part of no character; above every code point. */
  static final int BYTE = 0x110000;

  /** A character that an escape stands for, and where the text goes on. */
  record Escaped(int character, int next) {}

  private Characters() {}

  static int[] of(String text) {
    return text.codePoints().toArray();
  }

  static int[] of(byte[] bytes) {
    int[] characters = new int[bytes.length];
    int count = 0;
    int at = 0;
    while (at < bytes.length) {
      int length = sequence(bytes, at);
      if (length == 0) {
        characters[count++] = BYTE + (bytes[at++] & 0xff);
      } else {
        characters[count++] = new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0);
        at += length;
      }
    }
    return Arrays.copyOf(characters, count);
  }

  /** What stands at a place of a pattern, {@code \c} and {@code \xNN} resolved. */
  static Escaped unescape(int[] pattern, int at) {
    if (pattern[at] != '\\' || at + 1 >= pattern.length) {
      return new Escaped(pattern[at], at + 1);
    }
    if (pattern[at + 1] == 'x' && at + 3 < pattern.length) {
      int high = hex(pattern[at + 2]);
      int low = hex(pattern[at + 3]);
      if (high >= 0 && low >= 0) {
        int value = high << 4 | low;
        return new Escaped(value < 0x80 ? value : BYTE + value, at + 4);
      }
    }
    return new Escaped(pattern[at + 1], at + 2);
  }

  private static int hex(int character) {
    return character < 0x80 ? Character.digit(character, 16) : -1;
  }

  /** How many bytes the UTF-8 character here has (Unicode, table 3-7); 0 if it is none. */
  private static int sequence(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
