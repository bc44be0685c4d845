package drydock.cli;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The bytes of a content on their way out, piece by piece, so that who copies can tell an error of
 * the evidence from one of the place that is written to.
 */
final class ContentCopy {
  private static final int CHUNK_BYTES = 256 << 10;

  private final ByteSource content;
  private final long size;
  private final byte[] chunk;
  private long position;
  private int count;

  ContentCopy(ByteSource content) {
    this.content = content;
    this.size = content.size();
    this.chunk = new byte[(int) Math.min(CHUNK_BYTES, size)];
  }

  boolean isDone() {
    return position >= size;
  }

  /** Reads the next piece. */
  void read() throws IOException {
    count = (int) Math.min(chunk.length, size - position);
    content.read(position, chunk, 0, count);
  }

  /** Writes the piece that was read, and gives how many bytes it has. */
  int write(OutputStream out) throws IOException {
    out.write(chunk, 0, count);
    position += count;
    return count;
  }
}
