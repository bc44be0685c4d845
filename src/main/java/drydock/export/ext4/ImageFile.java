package drydock.export.ext4;

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
 * The image while it is written, under a name that tells so. Blocks are taken one after the other
 * and none is given back; what nobody writes to is a hole. Not safe from several threads.
 */
final class ImageFile implements Closeable {
  static final int BLOCK_BYTES = 4096;

  private static final int BUFFER_BYTES = 1 << 20;
  private static final byte[] ZEROS = new byte[BLOCK_BYTES];

  private final Path target;
  private final Path partial;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final long mostBlocks;
  private long bufferAt;
  private long nextBlock;
  private boolean done;

  private ImageFile(Path target, Path partial, FileChannel channel, long first, long most) {
    this.target = target;
    this.partial = partial;
    this.channel = channel;
    this.nextBlock = first;
    this.mostBlocks = most;
  }

  /**
   * Begins one.
   *
   * @param firstBlock the first that is given out
   * @param mostBlocks how many there can be
   */
  static ImageFile create(Path target, long firstBlock, long mostBlocks) throws IOException {
    PartialFile.refuseExisting(target);
    Path partial = PartialFile.partialOf(target);
    PartialFile.refuseExisting(partial);
    FileChannel channel =
        FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new ImageFile(target, partial, channel, firstBlock, mostBlocks);
  }

  /** Gives out that many blocks that follow each other; the number of the first. */
  long take(long blocks) throws IOException {
    if (blocks > mostBlocks - nextBlock) {
      throw new IOException(
          target + ": more than an image can hold: " + mostBlocks + " blocks of " + BLOCK_BYTES);
    }
    long first = nextBlock;
    nextBlock += blocks;
    return first;
  }

  /** The first block that was not given out. */
  long end() {
    return nextBlock;
  }

  /** Writes a whole block. */
  void put(long block, byte[] raw) throws IOException {
    put(block * BLOCK_BYTES, raw, 0, raw.length);
  }

  /** Writes bytes somewhere; small gaps behind what was written before are filled with zeros. */
  void put(long position, byte[] raw, int offset, int length) throws IOException {
    long gap = position - bufferAt - buffer.position();
    if (gap < 0 || gap >= BLOCK_BYTES || gap > buffer.remaining()) {
      flush();
      bufferAt = position;
    } else if (gap > 0) {
      buffer.put(ZEROS, 0, (int) gap);
    }
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, buffer.remaining());
      buffer.put(raw, offset + done, count);
      done += count;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        bufferAt += channel.write(buffer, bufferAt);
      }
    } catch (IOException e) {
      throw new IOException(target + " cannot be written: " + e.getMessage(), e);
    }
    buffer.clear();
  }

  /** Makes the image exactly that long and gives it its name. */
  void finish(long blocks) throws IOException {
    long size = blocks * BLOCK_BYTES;
    flush();
    if (channel.size() < size) {
      put(size - 1, ZEROS, 0, 1);
      flush();
    }
    channel.close();
    PartialFile.refuseExisting(target);
    Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    done = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!done) {
      Files.deleteIfExists(partial);
    }
  }
}
