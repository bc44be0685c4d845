package drydock.report;

import java.io.Writer;

/** Writes into a builder; without the locks of the JDK's writers, which cost more than the text. */
final class BuilderWriter extends Writer {
  private final StringBuilder into;

  BuilderWriter(StringBuilder into) {
    this.into = into;
  }

  @Override
  public void write(int character) {
    into.append((char) character);
  }

  @Override
  public void write(char[] text, int offset, int length) {
    into.append(text, offset, length);
  }

  @Override
  public void write(String text) {
    into.append(text);
  }

  @Override
  public void write(String text, int offset, int length) {
    into.append(text, offset, offset + length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
