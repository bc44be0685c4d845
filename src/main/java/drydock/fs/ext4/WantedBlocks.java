package drydock.fs.ext4;

import java.util.Arrays;

/**
 * Blocks of metadata that will be looked at, gathered and then read in the order of the disk, those
 * near each other together. For one thread.
 */
final class WantedBlocks {
  private static final int PIECE_BYTES = 1 << 20;

  private final Blocks blocks;
  private final byte[] piece = new byte[PIECE_BYTES];
  private long[] places = new long[256];
  private int count;

  WantedBlocks(Blocks blocks) {
    this.blocks = blocks;
  }

  /** How many there are, some of them perhaps twice. */
  int count() {
    return count;
  }

  void add(long block) {
    if (count > 0 && places[count - 1] == block) {
      return;
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
    }
    places[count++] = block;
  }

  /** Reads them, and begins anew. */
  void load() {
    blocks.load(taken(), piece);
  }

  /** The same where they are of inode tables. */
  void loadTables() {
    blocks.loadTables(taken(), piece);
  }

  private long[] taken() {
    Arrays.sort(places, 0, count);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kept == 0 || places[kept - 1] != places[i]) {
        places[kept++] = places[i];
      }
    }
    count = 0;
    return Arrays.copyOf(places, kept);
  }
}
