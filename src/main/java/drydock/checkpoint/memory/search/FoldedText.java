package drydock.checkpoint.memory.search;

import java.nio.charset.Charset;

/** A text of which the case does not count, in an encoding. */
record FoldedText(String text, Charset charset) {
  boolean isAt(byte[] buffer, int at, int length) {
    return new String(buffer, at, length, charset).equalsIgnoreCase(text);
  }
}
