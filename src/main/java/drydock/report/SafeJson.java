package drydock.report;

import java.io.IOException;
import java.io.Writer;
import java.util.HexFormat;

/**
 * JSON on its way out, with what a terminal would obey (C1 controls, bidirectional overrides ...)
 * written as {@code \\uNNNN}. Such characters stand only inside of strings, where both mean the
 * same.
 */
final class SafeJson extends Writer {
  private final Writer out;
  private boolean verbatim;

  SafeJson(Writer out) {
    this.out = out;
  }

  /** From here on everything goes through as it is. */
  String verbatim(String text) {
    verbatim = true;
    return text;
  }

  void endVerbatim() {
    verbatim = false;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    write(new String(text, offset, length), 0, length);
  }

  @Override
  public void write(int character) throws IOException {
    out.write(character);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    if (verbatim || isPlain(text, offset, offset + length)) {
      out.write(text, offset, length);
      return;
    }
    for (int i = offset; i < offset + length; ) {
      int point = text.codePointAt(i);
      int chars = Character.charCount(point);
      boolean hazard = point != '\n' && Escape.isHazard(point);
      for (int c = i; c < i + chars; c++) {
        out.write(
            hazard ? "\\u" + HexFormat.of().toHexDigits(text.charAt(c)) : text.substring(c, c + 1));
      }
      i += chars;
    }
  }

  private static boolean isPlain(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() {}
}
