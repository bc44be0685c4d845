package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import java.io.IOException;

/**
 * The blocks of a file system by their numbers. Those of metadata that were read last stay in
 * memory, at most {@value #CACHE_BYTES} bytes of them.
 */
final class Blocks {
  private static final int CACHE_BYTES = 2 << 20;

  private final ByteSource source;
  private final int blockBytes;
  private final long first;
  private final long count;
  private final Lru<byte[]> cache = new Lru<>(CACHE_BYTES, block -> block.length);

  Blocks(ByteSource source, Superblock superblock) {
    this.source = source;
    this.blockBytes = superblock.blockBytes();
    this.first = superblock.firstDataBlock();
    this.count = superblock.blocks();
  }

  int blockBytes() {
    return blockBytes;
  }

  ByteSource source() {
    return source;
  }

  /** Whether {@code length} blocks from this one on are blocks that a file may have. */
  boolean contains(long block, long length) {
    return block > 0 && block >= first && length >= 0 && block < count && length <= count - block;
  }

  /** A block of metadata. The array is shared: nobody writes to it. */
  byte[] metadata(long block) throws IOException {
    byte[] known = cache.get(block);
    if (known != null) {
      return known;
    }
    byte[] read = new byte[blockBytes];
    if (!contains(block, 1)) {
      throw new CorruptDataException(
          source.origin(),
          0,
          "a block number beyond the file system",
          Long.toUnsignedString(block),
          "below " + count);
    }
    read(block, 0, read, 0, blockBytes);
    cache.put(block, read);
    return read;
  }

  /**
   * Bytes from {@code from} on after the start of a block; they may go on in the following blocks.
   */
  void read(long block, long from, byte[] into, int offset, int length) throws IOException {
    long position = block * blockBytes + from;
    if (position < 0 || position > source.size() || length > source.size() - position) {
      throw new CorruptDataException(
          source.origin(),
          position,
          "block " + block + " lies beyond the end",
          source.size() + " bytes in all",
          null);
    }
    source.read(position, into, offset, length);
  }
}
