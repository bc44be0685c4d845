package drydock.report;

import java.io.IOException;
import java.io.Writer;

/** Text with some spaces before each line. */
final class Indented extends Writer {
  private final Writer out;
  private final String indent;
  private boolean atStart = true;

  Indented(Writer out, int spaces) {
    this.out = out;
    this.indent = " ".repeat(spaces);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (atStart && text[i] != '\n') {
        out.write(indent);
      }
      atStart = text[i] == '\n';
      out.write(text[i]);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() {}
}
