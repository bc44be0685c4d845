package drydock.disk;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An evidence file or block device, opened for reading only; its size is that at opening. */
final class FileSource implements ByteSource, Closeable {
  /** A channel copies through a buffer outside the heap that is as large as the piece asked for. */
  private static final int PIECE = 1 << 20;

  private final FileChannel channel;
  private final Origin origin;
  private final long size;

  private FileSource(FileChannel channel, Origin origin, long size) {
    this.channel = channel;
    this.origin = origin;
    this.size = size;
  }

  static FileSource open(Path file, Origin origin) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new FileSource(channel, origin, sizeOf(channel, EvidenceFile.of(file)));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static long sizeOf(FileChannel channel, EvidenceFile kind) throws IOException {
    long size = channel.size();
    return size == 0 && kind == EvidenceFile.BLOCK_DEVICE ? lastReadable(channel) : size;
  }

  /** Where some systems call a device's size 0: the end is where reading ends. */
  private static long lastReadable(FileChannel channel) throws IOException {
    long beyond = 1;
    while (beyond < Long.MAX_VALUE / 2 && readable(channel, beyond - 1)) {
      beyond *= 2;
    }
    long inside = beyond / 2;
    while (beyond - inside > 1) {
      long middle = inside + (beyond - inside) / 2;
      if (readable(channel, middle - 1)) {
        inside = middle;
      } else {
        beyond = middle;
      }
    }
    return inside;
  }

  private static boolean readable(FileChannel channel, long position) throws IOException {
    return channel.read(ByteBuffer.allocate(1), position) == 1;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    int done = 0;
    while (done < length) {
      ByteBuffer piece = ByteBuffer.wrap(into, offset + done, Math.min(PIECE, length - done));
      int count = channel.read(piece, position + done);
      if (count <= 0) {
        throw new EOFException(
            origin + ": became shorter while it was read: nothing at " + (position + done));
      }
      done += count;
    }
  }

  @Override
  public long transfer(long position, long length, WritableByteChannel target) throws IOException {
    checkRange(position, length);
    long count = channel.transferTo(position, length, target);
    // none behind the end of a file that became shorter, and of devices without a size
    return count > 0 ? count : ByteSource.super.transfer(position, length, target);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
