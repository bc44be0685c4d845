package drydock.export.ext4;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What waits on the disk, beside the target, until the end of an export. Goes away with the
 * process, however that ends. Not safe from several threads.
 */
final class Spool implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private long size;

  Spool(Path file) throws IOException {
    this.file = file;
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Adds bytes at the end; gives where they begin. */
  long append(byte[] raw, int length) throws IOException {
    long at = size;
    write(at, raw, length);
    return at;
  }

  void write(long position, byte[] raw, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(raw, 0, length);
    long at = position;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      throw new IOException(file + " cannot be written: " + e.getMessage(), e);
    }
    size = Math.max(size, at);
  }

  /** Fills {@code length} bytes of an array from {@code offset} on. */
  void read(long position, byte[] into, int offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(into, offset, length);
    long at = position;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at);
      if (count < 0) {
        throw new EOFException("a temporary file became shorter");
      }
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
