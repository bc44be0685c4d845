package drydock.bytes;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A source with its most recently read blocks kept in memory, for metadata that is read in small
 * pieces and often. Reads of {@value #WHOLE_READ_BLOCKS} blocks and more go past the cache.
 */
public final class CachedSource implements ByteSource {
  private static final int WHOLE_READ_BLOCKS = 8;

  private final ByteSource source;
  private final int blockBytes;
  private final Map<Long, byte[]> blocks;

  /** Keeps at most {@code maxBlocks} blocks of {@code blockBytes} bytes. */
  public CachedSource(ByteSource source, int blockBytes, int maxBlocks) {
    this.source = source;
    this.blockBytes = blockBytes;
    this.blocks =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > maxBlocks;
          }
        };
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public Origin origin() {
    return source.origin();
  }

  @Override
  public long nextData(long position) {
    return source.nextData(position);
  }

  @Override
  public long nextHole(long position) {
    return source.nextHole(position);
  }

  @Override
  public Extent extentAt(long position) throws IOException {
    return source.extentAt(position);
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    if (length >= WHOLE_READ_BLOCKS * blockBytes) {
      source.read(position, into, offset, length);
      return;
    }
    long at = position;
    int filled = 0;
    while (filled < length) {
      byte[] block = block(at / blockBytes);
      int from = (int) (at % blockBytes);
      int count = Math.min(length - filled, block.length - from);
      System.arraycopy(block, from, into, offset + filled, count);
      filled += count;
      at += count;
    }
  }

  private byte[] block(long index) throws IOException {
    synchronized (blocks) {
      byte[] known = blocks.get(index);
      if (known != null) {
        return known;
      }
    }
    long start = index * blockBytes;
    byte[] read = source.bytes(start, (int) Math.min(blockBytes, source.size() - start));
    synchronized (blocks) {
      blocks.put(index, read);
    }
    return read;
  }
}
