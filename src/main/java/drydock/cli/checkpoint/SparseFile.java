package drydock.cli.checkpoint;

import drydock.checkpoint.memory.RewritableSink;
import drydock.export.PartialFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A new file whose zeros take no room. Has the name {@code NAME.partial} until it is whole, and is
 * gone if it never is; nothing that exists is written over.
 */
final class SparseFile implements RewritableSink, Closeable {
  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private long size;
  private boolean finished;

  private SparseFile(Path target, Path partial, FileChannel channel) {
    this.target = target;
    this.partial = partial;
    this.channel = channel;
  }

  static SparseFile create(Path target) throws IOException {
    PartialFile.refuseExisting(target);
    Path partial = PartialFile.partialOf(target);
    PartialFile.refuseExisting(partial);
    FileChannel channel =
        FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new SparseFile(target, partial, channel);
  }

  @Override
  public void write(byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    while (buffer.hasRemaining()) {
      size += channel.write(buffer, size);
    }
  }

  @Override
  public void zeros(long length) {
    size += length;
  }

  @Override
  public void rewrite(byte[] first) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(first);
    while (buffer.hasRemaining()) {
      channel.write(buffer, buffer.position());
    }
  }

  long size() {
    return size;
  }

  /** All is written: gives it its size and its name. */
  void finish() throws IOException {
    if (channel.size() < size) {
      channel.write(ByteBuffer.allocate(1), size - 1);
    }
    channel.close();
    PartialFile.refuseExisting(target);
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!finished) {
      Files.deleteIfExists(partial);
    }
  }
}
