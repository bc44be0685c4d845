package drydock.timeline;

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
  private static final int LONG_DIGITS = 20;

  /** Of the largest one without a sign bit. */
  private static final int MOST_DIGITS = 19;

  /** What bytes are by themselves, whatever stands around them. */
  private static final boolean[] PLAIN = plain();

  private byte[] bytes;
  private int length;

  /** The digits of 00 to 99. */
  private static final byte[] PAIRS = pairs();

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

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
    bytes = room;
  }

  int length() {
    return length;
  }

  /** Takes back what was put behind a length. */
  void cut(int to) {
    length = to;
  }

  /** All of it, not copied. */
  ByteBuffer shared() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** A copy from there on. */
  byte[] bytes(int from) {
    return Arrays.copyOfRange(bytes, from, length);
  }

  EscapedText put(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  EscapedText ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
    return this;
  }

  EscapedText raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  EscapedText number(long value) {
    if (value < 0) {
      return value == Long.MIN_VALUE ? ascii(Long.toString(value)) : put('-').number(-value);
    }
    room(LONG_DIGITS);
    if (value < 10) {
      bytes[length++] = (byte) ('0' + value);
      return this;
    }
    int end = length + digits(value);
    length = end;
    long high = value;
    for (; high > Integer.MAX_VALUE; high /= 100) {
      end = pair(end, (int) (high % 100));
    }
    int rest = (int) high;
    while (rest >= 100) {
      int hundreds = hundreds(rest);
      end = pair(end, rest - 100 * hundreds);
      rest = hundreds;
    }
    if (rest >= 10) {
      pair(end, rest);
    } else {
      bytes[end - 1] = (byte) ('0' + rest);
    }
    return this;
  }

  /** How many digits a number has that is not negative. */
  private static int digits(long value) {
    int digits = 1;
    for (long power = 10; digits < MOST_DIGITS && value >= power; power *= 10) {
      digits++;
    }
    return digits;
  }

  /** A number of 64 bits without a sign. */
  EscapedText unsigned(long value) {
    return value < 0 ? ascii(Long.toUnsignedString(value)) : number(value);
  }

  /** A hundredth, without a division: those cost more than all else in a line. */
  private static int hundreds(int number) {
    return (int) (number * 1_374_389_535L >>> 37);
  }

  /** Puts two digits before {@code end}, and gives where they begin. */
  private int pair(int end, int pair) {
    bytes[end - 1] = PAIRS[2 * pair + 1];
    bytes[end - 2] = PAIRS[2 * pair];
    return end - 2;
  }

  /** A time in seconds with nine digits behind the point; nanoseconds count forward from it. */
  EscapedText seconds(long seconds, int nanos) {
    boolean back = seconds < 0 && nanos > 0; // -1 s and 0.25 s more are -0.75 s
    long whole = back ? seconds + 1 : seconds;
    if (back && whole == 0) {
      put('-');
    }
    number(whole).put('.');
    int part = back ? NANOS - nanos : nanos;
    room(NANO_DIGITS);
    length += NANO_DIGITS;
    int end = length;
    int rest = part;
    while (end > length - NANO_DIGITS + 1) {
      int hundreds = hundreds(rest);
      end = pair(end, rest - 100 * hundreds);
      rest = hundreds;
    }
    bytes[end - 1] = (byte) ('0' + rest);
    return this;
  }

  /** A name: one component of a path. */
  EscapedText name(Name name) {
    room(name.length());
    int end = name.copyTo(bytes, length);
    int at = length;
    while (at < end && PLAIN[bytes[at] & 0xff]) {
      at++;
    }
    if (at == end) {
      length = end; // nearly all names are
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
    room(4 * raw.length);
    int at = 0;
    while (at < raw.length) {
      int value = raw[at] & 0xff;
      if (PLAIN[value]) {
        bytes[length++] = raw[at++];
        continue;
      }
      int sequence = Utf8.length(raw, at);
      if (sequence > 0) {
        System.arraycopy(raw, at, bytes, length, sequence);
        length += sequence;
        at += sequence;
        continue;
      }
      if (isEscaped(raw, at, special)) {
        escape(value);
      } else {
        bytes[length++] = raw[at];
      }
      at++;
    }
    return this;
  }

  private boolean isEscaped(byte[] raw, int at, char special) {
    return switch (raw[at]) {
      case '%' -> hex(raw, at + 1) >= 0;
      case '/' -> special == '/';
      case '>' ->
          special == '>' && length >= 2 && bytes[length - 1] == '-' && bytes[length - 2] == ' ';
      case '\\' -> at + 1 < raw.length && meansSomething(raw, at + 1, special);
      default -> true;
    };
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
    if (length > 0 && bytes[length - 1] == ')') {
      guardEnd(DELETED);
      guardEnd(REALLOCATED);
    }
  }

  private void guardEnd(byte[] mark) {
    int start = length - mark.length;
    if (start >= 0 && Arrays.equals(bytes, start, length, mark, 0, mark.length)) {
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
    room(4);
    bytes[length++] = '\\';
    bytes[length++] = 'x';
    bytes[length++] = HEX[value >> 4];
    bytes[length++] = HEX[value & 0xf];
  }

  private void room(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
