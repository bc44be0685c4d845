package drydock.kubernetes;

import java.io.IOException;

/** Takes a log piece by piece, each piece's text in any number of parts. */
public interface LogSink {
  void begin(LogPiece piece) throws IOException;

  /** A part of the text; the array is used again afterwards. */
  void text(byte[] bytes, int from, int length) throws IOException;

  /**
   * @param whole false where the file ends, or cannot be read on, before the line does
   */
  void end(LogPiece piece, boolean whole) throws IOException;
}
