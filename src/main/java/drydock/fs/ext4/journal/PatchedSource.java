package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.Arrays;

/**
 * A file system with blocks of a journal laid over it. Content stays where it is: a replaced block
 * is read from the journal each time. Same size and origin as the file system; safe from many
 * threads.
 */
final class PatchedSource implements ByteSource {
  private final ByteSource fileSystem;
  private final Journal journal;
  private final int blockBytes;

  /** Replaced blocks of the file system, sorted. */
  private final long[] blocks;

  /**
   * For each of them the journal block, shifted left by one; the lowest bit says it was escaped.
   */
  private final long[] places;

  PatchedSource(ByteSource fileSystem, Journal journal, LongTable replaced) {
    this.fileSystem = fileSystem;
    this.journal = journal;
    this.blockBytes = journal.blockBytes();
    this.blocks = replaced.sortedKeys();
    this.places = new long[blocks.length];
    Arrays.setAll(places, i -> replaced.get(blocks[i]));
  }

  static long place(long journalBlock, boolean escaped) {
    return journalBlock << 1 | (escaped ? 1 : 0);
  }

  @Override
  public long size() {
    return fileSystem.size();
  }

  @Override
  public Origin origin() {
    return fileSystem.origin();
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    int index = firstAtOrAfter(position / blockBytes);
    long at = position;
    long end = position + length;
    while (at < end) {
      long replacedFrom = start(index);
      if (replacedFrom > at) {
        int count = (int) (Math.min(end, replacedFrom) - at);
        fileSystem.read(at, into, offset + (int) (at - position), count);
        at += count;
      } else {
        int from = (int) (at - replacedFrom);
        int count = (int) Math.min(end - at, blockBytes - from);
        boolean escaped = (places[index] & 1) != 0;
        journal.read(
            places[index] >> 1, escaped, from, into, offset + (int) (at - position), count);
        at += count;
        index++;
      }
    }
  }

  /** Of a replaced block that is a place in the journal. */
  @Override
  public Extent extentAt(long position) throws IOException {
    int index = firstAtOrAfter(position / blockBytes);
    long replacedFrom = start(index);
    if (replacedFrom <= position) {
      int from = (int) (position - replacedFrom);
      Extent there = journal.extentAt(places[index] >> 1, from);
      return new Extent(
          there.origin(), there.offset(), Math.min(blockBytes - from, there.length()));
    }
    Extent there = fileSystem.extentAt(position);
    return new Extent(
        there.origin(), there.offset(), Math.min(replacedFrom - position, there.length()));
  }

  @Override
  public long nextData(long position) {
    long below = fileSystem.nextData(position);
    int index = firstAtOrAfter(position / blockBytes);
    return Math.min(size(), Math.min(below, Math.max(position, start(index))));
  }

  @Override
  public long nextHole(long position) {
    long hole = fileSystem.nextHole(position);
    int index = firstAtOrAfter(hole / blockBytes);
    while (hole < size() && start(index) <= hole) {
      hole = fileSystem.nextHole(Math.min(size(), start(index) + blockBytes));
      index = firstAtOrAfter(hole / blockBytes);
    }
    return Math.min(size(), hole);
  }

  /** Where the replaced block of that index starts, in bytes; beyond everything after the last. */
  private long start(int index) {
    return index < blocks.length ? blocks[index] * blockBytes : Long.MAX_VALUE;
  }

  private int firstAtOrAfter(long block) {
    int found = Arrays.binarySearch(blocks, block);
    return found >= 0 ? found : -found - 1;
  }
}
