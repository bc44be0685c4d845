package drydock.kubernetes;

import java.io.IOException;
import java.util.Optional;

/**
 * Takes the bytes of one log file apart into lines, heads and texts. Keeps no more of a line than
 * its head, however long it is. For one thread.
 */
final class LogLines {
  private static final int HEAD_SPACES = 3;

  /** What is told of each line. */
  interface Each {
    /** A line begins; without a head it is damaged, and all of it comes as its text. */
    void begin(long offset, Optional<LogHead> head) throws IOException;

    void text(byte[] bytes, int from, int length) throws IOException;

    /** A line ends, with its line feed or without. */
    void end(boolean whole) throws IOException;
  }

  private final Each each;
  private final byte[] head = new byte[LogHead.MAX_LENGTH];
  private int headLength;
  private int spaces;
  private boolean inText;
  private long offset;
  private long position;

  LogLines(Each each) {
    this.each = each;
  }

  /** The next bytes of the file. */
  void feed(byte[] bytes, int length) throws IOException {
    for (int i = 0; i < length; ) {
      i = inText ? text(bytes, i, length) : head(bytes, i);
    }
    position += length;
  }

  /** The file ends here. */
  void finish() throws IOException {
    if (!inText && headLength > 0) {
      damaged();
    }
    if (inText) {
      each.end(false);
    }
    inText = false;
  }

  private int text(byte[] bytes, int from, int length) throws IOException {
    int end = from;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    if (end > from) {
      each.text(bytes, from, end - from);
    }
    if (end < length) {
      endLine(position + end + 1);
      return end + 1;
    }
    return end;
  }

  private int head(byte[] bytes, int at) throws IOException {
    byte next = bytes[at];
    if (next == '\n') {
      damaged();
      endLine(position + at + 1);
      return at + 1;
    }
    head[headLength++] = next;
    spaces += next == ' ' ? 1 : 0;
    if (spaces == HEAD_SPACES) {
      Optional<LogHead> parsed = LogHead.parse(head, headLength);
      if (parsed.isPresent()) {
        each.begin(offset, parsed);
        inText = true;
      } else {
        damaged();
      }
    } else if (headLength == head.length) {
      damaged();
    }
    return at + 1;
  }

  private void damaged() throws IOException {
    each.begin(offset, Optional.empty());
    if (headLength > 0) {
      each.text(head, 0, headLength);
    }
    inText = true;
  }

  private void endLine(long next) throws IOException {
    each.end(true);
    inText = false;
    headLength = 0;
    spaces = 0;
    offset = next;
  }
}
