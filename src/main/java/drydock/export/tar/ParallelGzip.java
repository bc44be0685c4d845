package drydock.export.tar;

import drydock.fs.OrderedWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses with gzip (RFC 1952) on several threads, into one member: the data are cut into
 * blocks, each of which is compressed with the end of the one before it as its dictionary and ends
 * at a byte's border (RFC 1951, section 3.2.4), as pigz does (github.com/madler/pigz). The bytes
 * are the same for any number of threads. For one thread.
 */
public final class ParallelGzip extends OutputStream {
  private static final int BLOCK_BYTES = 256 << 10;
  private static final int DICTIONARY_BYTES = 32 << 10;
  private static final int LEVEL = 6;
  private static final int CHUNK_BYTES = 64 << 10;

  /** Magic, deflate, no flags, no time, nothing extra, no system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /**
   * A block.
   *
   * @param bytes the dictionary, and behind it what is to be compressed
   */
  private record Block(byte[] bytes, int dictionary, int end, boolean last) {}

  private final OutputStream out;
  private final OrderedWork<Block, byte[]> work;
  private final CRC32 checksum = new CRC32();
  private final byte[] one = new byte[1];
  private long length;
  private byte[] block = new byte[BLOCK_BYTES];
  private int dictionary;
  private int end;

  /** Compresses to a stream that is somebody else's to close. */
  public ParallelGzip(OutputStream out, int threads) throws IOException {
    this.out = out;
    OrderedWork.Size size = new OrderedWork.Size(1, 1, 2 * threads + 2);
    this.work = new OrderedWork<>(threads, size, (blocks, running) -> deflate(blocks), out::write);
    out.write(HEADER);
  }

  @Override
  public void write(int value) throws IOException {
    one[0] = (byte) value;
    write(one, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    checksum.update(bytes, offset, count);
    length += count;
    int done = 0;
    while (done < count) {
      if (end == block.length) {
        hand(false);
      }
      int piece = Math.min(count - done, block.length - end);
      System.arraycopy(bytes, offset + done, block, end, piece);
      end += piece;
      done += piece;
    }
  }

  private void hand(boolean last) throws IOException {
    work.add(new Block(block, dictionary, end, last), 1);
    int kept = Math.min(DICTIONARY_BYTES, end);
    byte[] next = new byte[kept + BLOCK_BYTES];
    System.arraycopy(block, end - kept, next, 0, kept);
    block = next;
    dictionary = kept;
    end = kept;
  }

  private static byte[] deflate(List<Block> blocks) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(BLOCK_BYTES / 2);
    for (Block each : blocks) {
      deflate(each, compressed);
    }
    return compressed.toByteArray();
  }

  private static void deflate(Block block, ByteArrayOutputStream into) {
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      if (block.dictionary > 0) {
        deflater.setDictionary(block.bytes, 0, block.dictionary);
      }
      deflater.setInput(block.bytes, block.dictionary, block.end - block.dictionary);
      int flush = Deflater.SYNC_FLUSH;
      if (block.last) {
        deflater.finish();
        flush = Deflater.NO_FLUSH;
      }
      byte[] chunk = new byte[CHUNK_BYTES];
      int count;
      do {
        count = deflater.deflate(chunk, 0, chunk.length, flush);
        into.write(chunk, 0, count);
      } while (block.last ? !deflater.finished() : count == chunk.length);
    } finally {
      deflater.end();
    }
  }

  /** Writes what is left, and the end. */
  public void finish() throws IOException {
    hand(true);
    work.drain();
    ByteBuffer trailer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    trailer.putInt((int) checksum.getValue()).putInt((int) length);
    out.write(trailer.array());
    out.flush();
    block = Arrays.copyOf(block, 0);
  }

  /** Gives up what is not written; does not close the stream that it goes to. */
  @Override
  public void close() {
    work.close();
  }
}
