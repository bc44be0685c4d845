package drydock.export.tar;

import drydock.fs.NameText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** The records of one extended header, in the order in which they are added. For one thread. */
final class PaxRecords {
  private static final int ROOM = 512;

  private byte[] bytes = new byte[ROOM];
  private int length;
  private boolean binary;

  boolean isEmpty() {
    return length == 0;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }

  void add(String key, long number) {
    add(key, Long.toString(number));
  }

  void add(String key, String text) {
    add(key.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  /** A name or path: the records say if it is no UTF-8. */
  void addName(String key, byte[] name) {
    if (!binary && !NameText.isUtf8(name)) {
      binary = true;
      add("hdrcharset", "BINARY");
    }
    add(key.getBytes(StandardCharsets.UTF_8), name);
  }

  /** A time in seconds since 1970, rounded by nobody; before it the fraction counts downwards. */
  void add(String key, Instant time) {
    add(key, seconds(time));
  }

  static String seconds(Instant time) {
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    if (nanos == 0) {
      return Long.toString(seconds);
    }
    boolean before = seconds < 0;
    long whole = before ? -(seconds + 1) : seconds;
    int fraction = before ? 1_000_000_000 - nanos : nanos;
    // a billion more, and its one left out: nine digits, and no formatter for each of a million
    // files
    String digits = Integer.toString(1_000_000_000 + fraction).substring(1);
    return (before ? "-" : "") + whole + "." + digits;
  }

  /** A record of any bytes. */
  void add(byte[] key, byte[] value) {
    int rest = key.length + value.length + 3;
    int whole = rest + digits(rest);
    whole = rest + digits(whole);
    if (whole > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + whole, 2 * bytes.length));
    }
    int at = number(whole);
    bytes[at++] = ' ';
    System.arraycopy(key, 0, bytes, at, key.length);
    at += key.length;
    bytes[at++] = '=';
    System.arraycopy(value, 0, bytes, at, value.length);
    at += value.length;
    bytes[at] = '\n';
    length = at + 1;
  }

  /** Puts a number behind what is there, and gives where it ends. */
  private int number(int number) {
    int end = length + digits(number);
    int left = number;
    for (int at = end - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return end;
  }

  private static int digits(int number) {
    int digits = 1;
    for (int left = number; left >= 10; left /= 10) {
      digits++;
    }
    return digits;
  }
}
