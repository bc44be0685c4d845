package drydock.cli;

import drydock.bytes.ByteSource;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

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

  /** Passes over the hole that begins here, and gives how long it is: 0 where data are. */
  long pass() {
    long data = Math.min(size, Math.max(position, content.nextData(position)));
    long hole = data - position;
    position = data;
    return hole;
  }

  /** Reads the next piece, of data alone if data begin here. */
  void read() throws IOException {
    long hole = content.nextHole(position);
    long end = hole > position ? Math.min(hole, size) : size;
    count = (int) Math.min(chunk.length, end - position);
    content.read(position, chunk, 0, count);
  }

  /** Writes the piece that was read to a file, and gives how many bytes it has. */
  int write(SparseFile file, @Nullable MessageDigest digest) throws IOException {
    file.write(chunk, count);
    if (digest != null) {
      digest.update(chunk, 0, count);
    }
    position += count;
    return count;
  }

  /** Writes the piece that was read, and gives how many bytes it has. */
  int write(OutputStream out) throws IOException {
    out.write(chunk, 0, count);
    position += count;
    return count;
  }
}
