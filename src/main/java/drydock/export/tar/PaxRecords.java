package drydock.export.tar;

import drydock.fs.NameText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The records of one extended header, in the order in which they are added. */
final class PaxRecords {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private boolean binary;

  boolean isEmpty() {
    return out.size() == 0;
  }

  byte[] bytes() {
    return out.toByteArray();
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
    int length = rest + digits(rest);
    length = rest + digits(length);
    out.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
    out.write(' ');
    out.writeBytes(key);
    out.write('=');
    out.writeBytes(value);
    out.write('\n');
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }
}
