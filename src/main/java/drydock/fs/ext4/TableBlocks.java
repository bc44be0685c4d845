package drydock.fs.ext4;

import org.jspecify.annotations.Nullable;

/**
 * The blocks of inode tables that were read last, at most {@value #BYTES} bytes of them. What is
 * asked for is copied out, so that their arrays can be used again for other blocks: a walk goes
 * through hundreds of megabytes of them. Safe from many threads.
 */
final class TableBlocks {
  private static final int BYTES = 8 << 20;

  private final int blockBytes;
  private final Lru<byte[]> kept;
  private long room;

  /** The one that was copied from last: the inodes of a directory lie together. */
  private long last;

  private byte @Nullable [] lastBytes;

  TableBlocks(int blockBytes) {
    this.blockBytes = blockBytes;
    this.kept = new Lru<>(BYTES, block -> block.length);
    this.room = BYTES;
  }

  synchronized boolean holds(long block) {
    return kept.get(block) != null;
  }

  /** Fills {@code into} from {@code from} on in a block; false when the block is not there. */
  synchronized boolean copy(long block, int from, byte[] into) {
    byte[] known = block == last && lastBytes != null ? lastBytes : kept.get(block);
    if (known == null) {
      return false;
    }
    last = block;
    lastBytes = known;
    System.arraycopy(known, from, into, 0, into.length);
    return true;
  }

  /** Keeps a copy of a block that begins at {@code from} in {@code read}. */
  synchronized void keep(long block, byte[] read, int from) {
    if (kept.get(block) != null) {
      return;
    }
    byte[] used = room < blockBytes ? kept.removeEldest() : null;
    byte[] array = used == null ? fresh() : used;
    lastBytes = array == lastBytes ? null : lastBytes;
    System.arraycopy(read, from, array, 0, blockBytes);
    kept.put(block, array);
  }

  private byte[] fresh() {
    room -= blockBytes;
    return new byte[blockBytes];
  }
}
