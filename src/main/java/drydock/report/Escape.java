package drydock.report;

import drydock.fs.NameText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Text from evidence made fit for a terminal: what could steer it, turn its direction or hide is
 * shown as the {@code \xNN} of its UTF-8 bytes.
 *
 * <p>That are control characters (C0, DEL, C1), line and paragraph separators, bidirectional
 * overrides and every other format character, and the letters that Unicode
 * (Default_Ignorable_Code_Point, DerivedCoreProperties.txt) wants drawn as nothing. A backslash
 * that would read like such an escape is escaped too, so the bytes can always be had back from the
 * text: see {@link NameText#unescape(String)}.
 */
public final class Escape {
  private static final HexFormat HEX = HexFormat.of();

  private Escape() {}

  /** A text without anything that a terminal would obey. */
  public static String text(String text) {
    return isPlain(text) ? text : text(text, true);
  }

  /** A text of which parts are escaped already: these stay as they are. */
  public static String rest(String text) {
    return isPlain(text) ? text : text(text, false);
  }

  private static String text(String text, boolean backslashes) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      boolean ambiguous = backslashes && point == '\\' && NameText.startsEscape(text, i);
      if (isHazard(point) || ambiguous) {
        escape(point, out);
      } else {
        out.appendCodePoint(point);
      }
      i += Character.charCount(point);
    }
    return out.toString();
  }

  /**
   * The bytes of a name or path likewise; what is not UTF-8 becomes {@code \xNN}, too, and a space
   * at the end, which nobody would see.
   */
  public static String bytes(byte[] bytes) {
    int end = bytes.length;
    boolean space = end > 0 && bytes[end - 1] == ' ';
    return space ? inner(Arrays.copyOf(bytes, end - 1)) + "\\x20" : inner(bytes);
  }

  private static String inner(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    if (ascii) {
      return text(text);
    }
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; ) {
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        out.append("\\x").append(HEX.toHexDigits(bytes[i]));
        i++;
        continue;
      }
      String one = new String(bytes, i, length, StandardCharsets.UTF_8);
      int point = one.codePointAt(0);
      if (isHazard(point) || (point == '\\' && NameText.startsEscape(text, i))) {
        escape(point, out);
      } else {
        out.append(one);
      }
      i += length;
    }
    return out.toString();
  }

  /** Whether a terminal would obey this character, or show nothing where it is. */
  static boolean isHazard(int point) {
    if (point < 0x7f) {
      return point < 0x20;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> isInvisible(point);
    };
  }

  private static boolean isInvisible(int point) {
    return point == 0x034f
        || point == 0x115f
        || point == 0x1160
        || point == 0x17b4
        || point == 0x17b5
        || (point >= 0x180b && point <= 0x180f)
        || (point >= 0x2060 && point <= 0x206f)
        || point == 0x2800
        || point == 0x3164
        || (point >= 0xfe00 && point <= 0xfe0f)
        || point == 0xffa0
        || (point >= 0xfff0 && point <= 0xfff8)
        || (point >= 0xe0000 && point <= 0xe0fff);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static void escape(int point, StringBuilder out) {
    boolean lone = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (lone) {
      out.append("\\u").append(HEX.toHexDigits((char) point));
      return;
    }
    for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      out.append("\\x").append(HEX.toHexDigits(each));
    }
  }

  /**
   * How many bytes the UTF-8 sequence at {@code at} has; 0 when there is none (RFC 3629, section
   * 4).
   */
  private static int sequenceLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    int length =
        first < 0x80
            ? 1
            : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = length > 1 ? bytes[at + 1] & 0xff : 0;
    boolean outside =
        (first == 0xe0 && second < 0xa0)
            || (first == 0xed && second > 0x9f)
            || (first == 0xf0 && second < 0x90)
            || (first == 0xf4 && second > 0x8f);
    return outside ? 0 : length;
  }
}
