package drydock.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file that is written from front to back, holes left as holes. For one thread. */
final class SparseFile implements Closeable {
  private final FileChannel channel;
  private long position;

  private SparseFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins a file.
   *
   * @throws FileAlreadyExistsException when anything is there
   */
  static SparseFile create(Path file) throws IOException {
    return new SparseFile(
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  void write(byte[] bytes, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, 0, length);
    while (left.hasRemaining()) {
      position += channel.write(left, position);
    }
  }

  /** So many bytes of nothing follow. */
  void hole(long length) {
    position += length;
  }

  /** All was given: a hole at the end needs a last byte. */
  void finish() throws IOException {
    if (channel.size() < position) {
      channel.write(ByteBuffer.wrap(new byte[1]), position - 1);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
