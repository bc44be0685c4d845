package drydock.export.tar;

import drydock.bytes.ByteText;
import drydock.fs.NameText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The records of one extended header, in the order in which they are added; used for one after the
 * other. For one thread.
 */
final class PaxRecords {
  private static final int ROOM = 512;

  /** What is longer is not kept for the next. */
  private static final int KEPT = 1 << 16;

  private static final int NUMBER_ROOM = 32;
  private static final int NANOS = 1_000_000_000;
  private static final int NANO_DIGITS = 9;

  private ByteText records = new ByteText(ROOM);
  private final ByteText number = new ByteText(NUMBER_ROOM);
  private boolean binary;

  /** Begins another header. */
  void clear() {
    if (records.length() > KEPT) {
      records = new ByteText(ROOM);
    }
    records.cut(0);
    binary = false;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  /** All of them, not copied: good until {@link #clear}, and nothing may be added before it. */
  ByteBuffer bytes() {
    return records.shared();
  }

  void add(String key, long value) {
    number.cut(0);
    number.number(value);
    addNumber(key);
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
    number.cut(0);
    seconds(time, number);
    addNumber(key);
  }

  static String seconds(Instant time) {
    ByteText text = new ByteText(NUMBER_ROOM);
    seconds(time, text);
    return text.toString();
  }

  private static void seconds(Instant time, ByteText into) {
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    if (nanos == 0) {
      into.number(seconds);
    } else if (seconds >= 0) {
      into.number(seconds).put('.').digits(nanos, NANO_DIGITS);
    } else {
      into.put('-').number(-(seconds + 1)).put('.').digits(NANOS - nanos, NANO_DIGITS);
    }
  }

  /** A record of any bytes. */
  void add(byte[] key, byte[] value) {
    begin(key.length, value.length).raw(key).put('=').raw(value).put('\n');
  }

  private void addNumber(String key) {
    begin(key.length(), number.length()).ascii(key).put('=').add(number).put('\n');
  }

  /** Puts how long the whole record is, that number included. */
  private ByteText begin(int keyLength, int valueLength) {
    int rest = keyLength + valueLength + 3;
    int whole = rest + digits(rest);
    whole = rest + digits(whole);
    return records.number(whole).put(' ');
  }

  private static int digits(int number) {
    int digits = 1;
    for (int left = number; left >= 10; left /= 10) {
      digits++;
    }
    return digits;
  }
}
