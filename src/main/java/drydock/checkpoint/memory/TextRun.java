package drydock.checkpoint.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Characters of one encoding that follow one another, as they come byte by byte. */
final class TextRun {
  /** A longer text is told in parts. */
  static final int MAX_BYTES = 4096;

  /** Takes a text. */
  interface Sink {
    void text(int kind, long address, byte[] bytes) throws IOException;
  }

  private final int number;
  private final TextKind kind;
  private final int parity;
  private final int shortest;
  private final Sink sink;
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private long start;
  private int first = -1;

  /**
   * @param number of the kind
   * @param parity of the addresses where characters of two bytes begin
   */
  TextRun(int number, TextKind kind, int parity, int shortest, Sink sink) {
    this.number = number;
    this.kind = kind;
    this.parity = parity;
    this.shortest = shortest;
    this.sink = sink;
  }

  void bytes(long address, byte[] buffer, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      int value = buffer[i] & 0xff;
      if (kind.unit() == 1) {
        character(address + i, value, value, -1);
      } else if (((address + i) & 1) == parity) {
        first = value;
      } else if (first >= 0) {
        int code = kind.isBigEndian() ? first << 8 | value : value << 8 | first;
        character(address + i - 1, code, first, value);
        first = -1;
      }
    }
  }

  private void character(long address, int code, int one, int two) throws IOException {
    boolean isText =
        (code >= ' ' && code < 0x7f)
            || code == '\t'
            || (kind.unit() == 2 && code >= 0xa1 && code < 0x250 && Character.isLetter(code));
    if (!isText || run.size() >= MAX_BYTES) {
      end();
    }
    if (isText) {
      if (run.size() == 0) {
        start = address;
      }
      run.write(one);
      if (two >= 0) {
        run.write(two);
      }
    }
  }

  /** What comes next does not follow. */
  void end() throws IOException {
    if (run.size() >= shortest * kind.unit()) {
      sink.text(number, start, run.toByteArray());
    }
    run.reset();
  }

  /** A gap: the first half of a character has no second one. */
  void gap() throws IOException {
    end();
    first = -1;
  }
}
