package drydock.cli;

import drydock.fs.NameText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Paths from a file, one a line; {@code \xNN} in a line is that byte, bytes that are no UTF-8 are
 * taken as they are. Empty lines are passed over.
 */
final class PathList implements Closeable {
  /** Longer than any path that a system call takes; what is behind that is cut off. */
  private static final int MAX_LINE = 1 << 16;

  private final InputStream in;
  private long line;

  private PathList(InputStream in) {
    this.in = new BufferedInputStream(in, MAX_LINE);
  }

  /** Opens a file; {@code -} is standard input. */
  static PathList open(Path file) throws IOException {
    return new PathList(
        file.toString().equals("-")
            ? new FileInputStream(FileDescriptor.in)
            : Files.newInputStream(file));
  }

  /** The number of the line that was read last. */
  long line() {
    return line;
  }

  /** The next path; null when there are no more. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 || bytes.size() > 0) {
      if (next < 0 || next == '\n') {
        line++;
        byte[] path = path(bytes.toByteArray());
        if (path.length > 0) {
          return path;
        }
        bytes.reset();
        if (next < 0) {
          return null;
        }
      } else if (bytes.size() < MAX_LINE) {
        bytes.write(next);
      }
      next = in.read();
    }
    return null;
  }

  private static byte[] path(byte[] raw) {
    int end = raw.length > 0 && raw[raw.length - 1] == '\r' ? raw.length - 1 : raw.length;
    byte[] bytes = java.util.Arrays.copyOf(raw, end);
    return NameText.isUtf8(bytes)
        ? NameText.unescape(new String(bytes, StandardCharsets.UTF_8))
        : bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
