package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Extent;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a file system by their numbers. Those of metadata that were read last stay in
 * memory, at most {@value #CACHE_BYTES} bytes of them.
 */
final class Blocks {
  private static final int CACHE_BYTES = 3 << 20;

  /** What may lie between two blocks that are read together. */
  private static final int GAP_BYTES = 16 << 10;

  private final ByteSource source;
  private final int blockBytes;
  private final int blockShift;
  private final long first;
  private final long count;
  private final TableBlocks tables;
  private final Lru<byte[]> cache;
  private final @Nullable BlockBatch batch;

  Blocks(ByteSource source, Superblock superblock) {
    this.source = source;
    this.blockBytes = superblock.blockBytes();
    this.blockShift = Integer.numberOfTrailingZeros(blockBytes);
    this.first = superblock.firstDataBlock();
    this.count = superblock.blocks();
    this.tables = new TableBlocks(blockBytes);
    this.cache = new Lru<>(CACHE_BYTES, block -> block.length);
    this.batch = null;
  }

  private Blocks(Blocks shared) {
    this.source = shared.source;
    this.blockBytes = shared.blockBytes;
    this.blockShift = shared.blockShift;
    this.first = shared.first;
    this.count = shared.count;
    this.tables = shared.tables;
    this.cache = shared.cache;
    this.batch = new BlockBatch(blockBytes);
  }

  /**
   * The same for one thread, which by {@link #load(long[], byte[])} says what it will look at, and
   * keeps nothing of it beyond the next time that it does.
   */
  Blocks batched() {
    return new Blocks(this);
  }

  int blockBytes() {
    return blockBytes;
  }

  /** How many whole blocks so many bytes are; a division of long numbers is slow. */
  long whole(long bytes) {
    return bytes < 0 ? bytes / blockBytes : bytes >> blockShift;
  }

  ByteSource source() {
    return source;
  }

  /** Whether {@code length} blocks from this one on are blocks that a file may have. */
  boolean contains(long block, long length) {
    return block > 0 && block >= first && length >= 0 && block < count && length <= count - block;
  }

  /** Whether a block is one that a file may have, and the disk goes on to its end. */
  boolean isThere(long block) {
    return contains(block, 1) && block < source.size() / blockBytes;
  }

  /** Whether the disk has so many bytes from {@code from} on after the start of a block. */
  boolean isThere(long block, long from, int length) {
    long position = block * blockBytes + from;
    return position >= 0 && position <= source.size() && length <= source.size() - position;
  }

  /** A block of metadata. The array is shared: nobody writes to it. */
  byte[] metadata(long block) throws IOException {
    byte[] batched = batch == null ? null : batch.get(block);
    byte[] known = batched == null ? cache.get(block) : batched;
    if (known != null) {
      return known;
    }
    if (!contains(block, 1)) {
      throw new CorruptDataException(
          source.origin(),
          0,
          "a block number beyond the file system",
          Long.toUnsignedString(block),
          "below " + count);
    }
    long position = position(block, 0, blockBytes);
    byte[] read = new byte[blockBytes];
    source.read(position, read, 0, blockBytes);
    cache.put(block, read);
    return read;
  }

  /**
   * Bytes of several records of one block of an inode table; false when it is to be asked for each,
   * because the block is not in memory.
   */
  boolean tables(long block, int[] from, byte[][] into, int count) {
    return tables.copy(block, from, into, count);
  }

  /** Bytes of a block of an inode table. */
  void table(long block, int from, byte[] into) throws IOException {
    if (!tables.copy(block, from, into)) {
      byte[] read = metadata(block);
      System.arraycopy(read, from, into, 0, into.length);
    }
  }

  /**
   * Reads blocks of metadata that will be asked for, those that lie near each other together. What
   * cannot be read is left to who asks for it.
   *
   * @param piece room for what is read together
   */
  void load(long[] sorted, byte[] piece) {
    if (batch != null) {
      batch.clear();
    }
    new Loading(sorted, piece, false).load();
  }

  /** The same of blocks of inode tables. */
  void loadTables(long[] sorted, byte[] piece) {
    new Loading(sorted, piece, true).load();
  }

  /** The same of consecutive blocks. */
  void load(long first, int blocks) {
    boolean isBatched = batch != null && batch.get(first) != null;
    if (blocks > 1 && !isBatched && cache.get(first) == null) {
      long[] numbers = new long[blocks];
      Arrays.setAll(numbers, i -> first + i);
      load(numbers, new byte[blocks * blockBytes]);
    }
  }

  /** Reads some blocks together. */
  private final class Loading {
    final long[] sorted;
    final byte[] piece;
    final boolean ofTables;

    Loading(long[] sorted, byte[] piece, boolean ofTables) {
      this.sorted = sorted;
      this.piece = piece;
      this.ofTables = ofTables;
    }

    private boolean isKnown(long block) {
      return ofTables ? tables.holds(block) : cache.get(block) != null;
    }

    private void keep(long block, int from) {
      if (batch != null) {
        batch.keep(block, piece, from);
      } else {
        cache.put(block, Arrays.copyOfRange(piece, from, from + blockBytes));
      }
    }

    void load() {
      int at = 0;
      while (at < sorted.length) {
        if (!contains(sorted[at], 1) || isKnown(sorted[at])) {
          at++;
          continue;
        }
        int last = at;
        for (int i = at + 1; i < sorted.length && isNear(at, last, i); i++) {
          last = isKnown(sorted[i]) ? last : i;
        }
        load(at, last);
        at = last + 1;
      }
    }

    private boolean isNear(int first, int last, int next) {
      return contains(sorted[next], 1)
          && (sorted[next] - sorted[last]) * blockBytes <= GAP_BYTES
          && (sorted[next] - sorted[first] + 1) * blockBytes <= piece.length;
    }

    private void load(int first, int last) {
      try {
        int length = (int) (sorted[last] - sorted[first] + 1) * blockBytes;
        read(sorted[first], 0, piece, 0, length);
      } catch (IOException e) {
        return; // told to the one who asks for the block
      }
      if (ofTables) {
        // What lies between blocks of a table is asked for next, most often.
        tables.keep(sorted[first], (int) (sorted[last] - sorted[first]) + 1, piece);
        return;
      }
      for (int i = first; i <= last; i++) {
        if (i == first || sorted[i] != sorted[i - 1]) {
          keep(sorted[i], (int) (sorted[i] - sorted[first]) * blockBytes);
        }
      }
    }
  }

  /**
   * Bytes from {@code from} on after the start of a block; they may go on in the following blocks.
   */
  void read(long block, long from, byte[] into, int offset, int length) throws IOException {
    source.read(position(block, from, length), into, offset, length);
  }

  /** Writes as {@link ByteSource#transfer} does. */
  long transfer(long block, long from, long length, WritableByteChannel target) throws IOException {
    return source.transfer(position(block, from, 1), length, target);
  }

  /** Where bytes lie that begin so far behind the start of a block; at most {@code length}. */
  Extent extentAt(long block, long from, long length) throws IOException {
    Extent there = source.extentAt(position(block, from, 1));
    return new Extent(there.origin(), there.offset(), Math.min(length, there.length()));
  }

  private long position(long block, long from, int length) throws CorruptDataException {
    long position = block * blockBytes + from;
    if (!isThere(block, from, length)) {
      throw new CorruptDataException(
          source.origin(),
          position,
          "block " + block + " lies beyond the end",
          source.size() + " bytes in all",
          null);
    }
    return position;
  }
}
