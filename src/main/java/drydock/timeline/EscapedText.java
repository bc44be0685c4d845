package drydock.timeline;

import drydock.bytes.ByteText;
import drydock.fs.Name;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow: the text of body files, with names escaped so that every program that reads them
 * sees the same name in the same line, and the bytes can be had back.
 *
 * <p>A byte that would be read as something else is written {@code \xNN} (two lower-case digits):
 *
 * <ul>
 *   <li>control characters, C1 ones as the two bytes of their UTF-8, and bytes that are not UTF-8;
 *   <li>{@code |}, which mactime takes for the end of a field however it is escaped;
 *   <li>{@code %} before two hexadecimal digits, which mactime would make one byte of;
 *   <li>{@code /} inside of a name, as only a damaged or hostile directory has it;
 *   <li>a backslash that would be read as the beginning of such an escape, or that stands before
 *       another backslash (plaso makes one of two);
 *   <li>in a symlink's target the {@code >} of an arrow that would be taken for the one before it,
 *       and in a symlink's name where no target follows;
 *   <li>the parenthesis of a living file's name that ends like a deletion mark.
 * </ul>
 *
 * All else is as it is, UTF-8 and single backslashes too. For one thread.
 */
final class EscapedText {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DELETED = " (deleted)".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REALLOCATED =
      " (deleted-realloc)".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ARROW = " -> ".getBytes(StandardCharsets.US_ASCII);
  private static final int NANO_DIGITS = 9;
  private static final int NANOS = 1_000_000_000;

  /** What bytes are by themselves, whatever stands around them. */
  private static final boolean[] PLAIN = plain();

  private final ByteText out;

  private static boolean[] plain() {
    boolean[] plain = new boolean[256];
    Arrays.fill(plain, ' ', 0x7f, true);
    for (char special : "|%/\\>".toCharArray()) {
      plain[special] = false;
    }
    return plain;
  }

  /** Nothing, with room for so many bytes until it grows. */
  EscapedText(int room) {
    this(new byte[room]);
  }

  /** Nothing yet, in an array that is nobody else's. */
  EscapedText(byte[] room) {
    out = new ByteText(room);
  }

  int length() {
    return out.length();
  }

  /** Takes back what was put behind a length. */
  void cut(int to) {
    out.cut(to);
  }

  /** All of it, not copied. */
  ByteBuffer shared() {
    return out.shared();
  }

  /** A copy from there on. */
  byte[] bytes(int from) {
    return out.bytes(from);
  }

  EscapedText put(char ascii) {
    out.put(ascii);
    return this;
  }

  EscapedText ascii(String text) {
    out.ascii(text);
    return this;
  }

  EscapedText raw(byte[] more) {
    out.raw(more);
    return this;
  }

  /** Once more what stands from {@code from} on. */
  EscapedText again(int from, int count) {
    out.again(from, count);
    return this;
  }

  EscapedText number(long value) {
    out.number(value);
    return this;
  }

  /** A number of 64 bits without a sign. */
  EscapedText unsigned(long value) {
    out.unsigned(value);
    return this;
  }

  /** A time in seconds with nine digits behind the point; nanoseconds count forward from it. */
  EscapedText seconds(long seconds, int nanos) {
    boolean back = seconds < 0 && nanos > 0; // -1 s and 0.25 s more are -0.75 s
    long whole = back ? seconds + 1 : seconds;
    if (back && whole == 0) {
      put('-');
    }
    out.number(whole).put('.').digits(back ? NANOS - nanos : nanos, NANO_DIGITS);
    return this;
  }

  /** A name: one component of a path. */
  EscapedText name(Name name) {
    byte[] bytes = out.room(name.length());
    int at = out.length();
    int end = name.copyTo(bytes, at);
    while (at < end && PLAIN[bytes[at] & 0xff]) {
      at++;
    }
    if (at == end) {
      out.end(end); // nearly all names are
      return this;
    }
    return name(name.bytes());
  }

  EscapedText name(byte[] raw) {
    return text(raw, '/');
  }

  /** Text of the examiner's, slashes and all. */
  EscapedText words(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8), ' ');
  }

  /** A symlink's target. */
  EscapedText target(byte[] raw) {
    return text(raw, '>');
  }

  /** Text in which {@code /} or the point of an arrow is special, too, or neither. */
  private EscapedText text(byte[] raw, char special) {
    int at = 0;
    while (at < raw.length) {
      int value = raw[at] & 0xff;
      int sequence = PLAIN[value] ? 1 : Utf8.length(raw, at);
      if (sequence > 0) {
        for (int end = at + sequence; at < end; at++) {
          out.put((char) raw[at]);
        }
        continue;
      }
      if (isEscaped(raw, at, special)) {
        escape(value);
      } else {
        out.put((char) raw[at]);
      }
      at++;
    }
    return this;
  }

  private boolean isEscaped(byte[] raw, int at, char special) {
    return switch (raw[at]) {
      case '%' -> hex(raw, at + 1) >= 0;
      case '/' -> special == '/';
      case '>' -> special == '>' && endsWithDash();
      case '\\' -> at + 1 < raw.length && meansSomething(raw, at + 1, special);
      default -> true;
    };
  }

  private boolean endsWithDash() {
    int length = out.length();
    return length >= 2 && out.at(length - 1) == '-' && out.at(length - 2) == ' ';
  }

  /** Whether a backslash before this would begin an escape, or stand before one. */
  private boolean meansSomething(byte[] raw, int at, char special) {
    int value = raw[at] & 0xff;
    if (value == 'x') {
      int escaped = hex(raw, at + 1);
      return escaped == '(' || (escaped >= 0 && !PLAIN[escaped]);
    }
    if (PLAIN[value] || value == '>' || Utf8.length(raw, at) > 0) {
      return false;
    }
    return value == '\\' || isEscaped(raw, at, special);
  }

  /** The value of two hexadecimal digits; -1 when there are none. */
  private static int hex(byte[] raw, int at) {
    if (at + 1 >= raw.length) {
      return -1;
    }
    int high = Character.digit(raw[at], 16);
    int low = Character.digit(raw[at + 1], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Escapes the parenthesis of what would be read as a mark of deletion. */
  void guardEnd() {
    if (!out.isEmpty() && out.at(out.length() - 1) == ')') {
      guardEnd(DELETED);
      guardEnd(REALLOCATED);
    }
  }

  private void guardEnd(byte[] mark) {
    int start = out.length() - mark.length;
    if (start >= 0 && Arrays.equals(out.bytes(start), mark)) {
      cut(start);
      put(' ');
      escape('(');
      ascii(new String(mark, 2, mark.length - 2, StandardCharsets.US_ASCII));
    }
  }

  /** Escapes every arrow from there on: none of them is one before a target. */
  void guardArrows(int start) {
    byte[] copy = bytes(start);
    cut(start);
    for (int at = 0; at < copy.length; at++) {
      int end = Math.min(at + ARROW.length, copy.length);
      if (Arrays.equals(copy, at, end, ARROW, 0, ARROW.length)) {
        put(' ').put('-').escape('>');
        at += 2; // the space behind it may begin the next one
      } else {
        put((char) copy[at]);
      }
    }
  }

  private void escape(int value) {
    out.put('\\').put('x').put((char) HEX[value >> 4]).put((char) HEX[value & 0xf]);
  }
}
