package drydock.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text that grows, as bytes (UTF-8), for lines and headers of which there are millions: numbers and
 * ASCII go in without a string of their own. For one thread.
 */
public final class ByteText {
  private static final int LONG_DIGITS = 20;

  /** Of the largest one without a sign bit. */
  private static final int MOST_DIGITS = 19;

  /** The digits of 00 to 99. */
  private static final byte[] PAIRS = pairs();

  private byte[] bytes;
  private int length;

  private static byte[] pairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  /** Nothing, with room for so many bytes until it grows. */
  public ByteText(int room) {
    this(new byte[room]);
  }

  /** Nothing yet, in an array that is nobody else's. */
  public ByteText(byte[] room) {
    bytes = room;
  }

  public int length() {
    return length;
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return length == 0;
  }

  /** A byte that is there. */
  public byte at(int index) {
    return bytes[index];
  }

  /** Takes back what was put behind a length. */
  public void cut(int to) {
    length = to;
  }

  /** All of it, not copied: nothing may be added any more. */
  public ByteBuffer shared() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** A copy from there on. */
  public byte[] bytes(int from) {
    return Arrays.copyOfRange(bytes, from, length);
  }

  /**
   * The array with room for so many bytes behind {@link #length()}, for who fills it himself and
   * then says {@link #end}.
   */
  public byte[] room(int more) {
    if (more > bytes.length - length) {
      grow(more);
    }
    return bytes;
  }

  /** By itself, so that the compiler puts the test where it is asked for. */
  private void grow(int more) {
    bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
  }

  /** Where it ends by now. */
  public void end(int newLength) {
    length = newLength;
  }

  public ByteText put(char ascii) {
    room(1)[length++] = (byte) ascii;
    return this;
  }

  /** A text of which every character is ASCII. */
  @SuppressWarnings("deprecation") // what it drops of a character is zero in ASCII
  public ByteText ascii(String text) {
    text.getBytes(0, text.length(), room(text.length()), length);
    length += text.length();
    return this;
  }

  public ByteText raw(byte[] more) {
    System.arraycopy(more, 0, room(more.length), length, more.length);
    length += more.length;
    return this;
  }

  /** Once more what stands from {@code from} on. */
  public ByteText again(int from, int count) {
    System.arraycopy(bytes, from, room(count), length, count);
    length += count;
    return this;
  }

  /** All of another text. */
  public ByteText add(ByteText other) {
    System.arraycopy(other.bytes, 0, room(other.length), length, other.length);
    length += other.length;
    return this;
  }

  public ByteText number(long value) {
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
      end = pair(bytes, end, (int) (high % 100));
    }
    int rest = (int) high;
    while (rest >= 100) {
      int hundreds = hundreds(rest);
      end = pair(bytes, end, rest - 100 * hundreds);
      rest = hundreds;
    }
    if (rest >= 10) {
      pair(bytes, end, rest);
    } else {
      bytes[end - 1] = (byte) ('0' + rest);
    }
    return this;
  }

  /** A number of 64 bits without a sign. */
  public ByteText unsigned(long value) {
    return value < 0 ? ascii(Long.toUnsignedString(value)) : number(value);
  }

  /** The last {@code count} digits of a number that is not negative, zeros before it. */
  public ByteText digits(int number, int count) {
    room(count);
    length += count;
    int end = length;
    int rest = number;
    for (int left = count; left > 1; left -= 2) {
      int hundreds = hundreds(rest);
      end = pair(bytes, end, rest - 100 * hundreds);
      rest = hundreds;
    }
    if (count % 2 != 0) {
      bytes[end - 1] = (byte) ('0' + rest % 10);
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

  /** A hundredth, without a division: those cost more than all else in a line. */
  private static int hundreds(int number) {
    return (int) (number * 1_374_389_535L >>> 37);
  }

  /** Puts two digits before {@code end}, and gives where they begin. */
  private static int pair(byte[] bytes, int end, int pair) {
    bytes[end - 1] = PAIRS[2 * pair + 1];
    bytes[end - 2] = PAIRS[2 * pair];
    return end - 2;
  }

  /** All of it, decoded. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
