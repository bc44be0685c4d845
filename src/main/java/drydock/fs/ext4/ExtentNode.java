package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A node of an extent tree: a flyweight over the 60 bytes of an inode's i_block or over a block,
 * whose layout is {@code ksy/ext4_extent_node.ksy}. What is checked is what the kernel checks
 * (kernel {@code fs/ext4/extents.c}, {@code ext4_valid_extent_entries}); where it refuses a node
 * for one bad entry, the others are read here, and what is wrong is told.
 */
final class ExtentNode {
  static final int MAX_DEPTH = 5;

  static final int MAGIC = 0xf30a;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_WRITTEN = 1 << 15;
  private static final int MAX_TROUBLES = 16;

  /** Extents number a file's blocks with 32 bits. */
  static final long LAST_BLOCK = 1L << 32;

  private final byte[] raw;
  private final int from;
  private final int entries;
  private final Origin origin;
  private final List<Finding> troubles = new ArrayList<>(0);
  private boolean ordered = true;

  private ExtentNode(byte[] raw, int from, Origin origin) {
    this.raw = raw;
    this.from = from;
    this.origin = origin;
    this.entries = u16(raw, from + 2);
  }

  /** The node in {@code length} bytes of {@code raw}; {@code depth} is what it must have. */
  static ExtentNode decode(byte[] raw, int from, int length, int depth, Origin origin)
      throws CorruptDataException {
    ExtentNode node = new ExtentNode(raw, from, origin);
    int max = u16(raw, from + 4);
    int room = (length - ENTRY_BYTES) / ENTRY_BYTES;
    if (u16(raw, from) != MAGIC) {
      throw wrong(
          origin, from, "is none", String.format(Locale.ROOT, "0x%04x", u16(raw, from)), "0xf30a");
    }
    if (node.entries > room) {
      throw wrong(
          origin, from + 2, "has more entries than room", node.entries + " of " + room, null);
    }
    if (node.depth() != depth) {
      throw wrong(
          origin,
          from + 6,
          "of another depth",
          String.valueOf(node.depth()),
          String.valueOf(depth));
    }
    if (depth > 0 && node.entries == 0) {
      throw wrong(origin, from + 2, "leads nowhere", "0 entries", "at least 1");
    }
    if (node.entries > max || max > room) {
      node.trouble(from + 4, "has room for a number of entries that cannot be: " + max);
    }
    node.checkOrder();
    return node;
  }

  /** The depth that a root states: 0 for extents, else how many levels of nodes are below it. */
  static int statedDepth(byte[] raw, int from, Origin origin) throws CorruptDataException {
    int depth = u16(raw, from + 6);
    if (depth > MAX_DEPTH) {
      throw wrong(origin, from + 6, "is too deep", String.valueOf(depth), "at most " + MAX_DEPTH);
    }
    return depth;
  }

  private void checkOrder() {
    long next = 0;
    for (int i = 0; i < entries; i++) {
      long length = depth() == 0 ? length(i) : 1;
      if (length == 0) {
        trouble(offset(i), "has an extent without blocks, of block " + first(i) + " of the file");
      } else if (first(i) < next) {
        ordered = false;
        trouble(
            offset(i),
            "has entries out of order: two claim block " + first(i) + " of the file, or none does");
      } else if (first(i) + length > LAST_BLOCK) {
        trouble(offset(i), "has an extent that goes on behind the largest file's end");
      }
      next = Math.max(next, first(i) + length);
    }
  }

  private void trouble(long offset, String what) {
    if (troubles.size() < MAX_TROUBLES) {
      troubles.add(Finding.damage(origin, offset, "extent tree node: " + what));
    }
  }

  /** What is wrong with it and leaves the rest to be read. */
  List<Finding> troubles() {
    return troubles;
  }

  /**
   * Compares a node with what the index above says of it: the first block of the file that it tells
   * of, and the first one that it does not.
   */
  void checkPlace(long from, long end) {
    if (entries > 0 && first(0) != from) {
      trouble(
          offset(0),
          "begins at block " + first(0) + " of the file, its index says at block " + from);
    }
    long last = 0;
    for (int i = 0; i < entries; i++) {
      last = Math.max(last, first(i) + (depth() == 0 ? length(i) : 1));
    }
    if (last > end) {
      trouble(
          offset(entries - 1),
          "claims blocks of the file from " + end + " on that another node claims, too");
    }
  }

  Origin origin() {
    return origin;
  }

  /** Whether its entries follow each other, so that none claims another one's blocks. */
  boolean isOrdered() {
    return ordered;
  }

  /** Where an entry lies, in bytes from the start of what {@link #origin()} names. */
  int offset(int entry) {
    return at(entry);
  }

  private static CorruptDataException wrong(
      Origin origin, long offset, String what, @Nullable String found, @Nullable String expected) {
    return new CorruptDataException(origin, offset, "extent tree node: " + what, found, expected);
  }

  int depth() {
    return u16(raw, from + 6);
  }

  int entries() {
    return entries;
  }

  /** Where a block's checksum lies: behind the last entry for which there is room. */
  int checksumOffset() {
    return ENTRY_BYTES + ENTRY_BYTES * u16(raw, from + 4);
  }

  private int at(int entry) {
    return from + ENTRY_BYTES + ENTRY_BYTES * entry;
  }

  /** The first block of the file that an entry tells of. */
  long first(int entry) {
    return u32(raw, at(entry));
  }

  /**
   * Where the next entry begins behind the one that a search for {@code fileBlock} found; {@code
   * end} behind the last.
   */
  long firstBehind(int entry, long fileBlock, long end) {
    if (!ordered) {
      return firstAfter(fileBlock, end);
    }
    return entry + 1 < entries ? Math.min(end, first(entry + 1)) : end;
  }

  /** The nearest block behind one with which any entry begins. */
  private long firstAfter(long fileBlock, long end) {
    long nearest = end;
    for (int i = 0; i < entries; i++) {
      nearest = first(i) > fileBlock ? Math.min(nearest, first(i)) : nearest;
    }
    return nearest;
  }

  long length(int extent) {
    int stored = u16(raw, at(extent) + 4);
    return stored <= MAX_WRITTEN ? stored : stored - MAX_WRITTEN;
  }

  boolean isWritten(int extent) {
    return u16(raw, at(extent) + 4) <= MAX_WRITTEN;
  }

  long block(int extent) {
    return u32(raw, at(extent) + 8) | (long) u16(raw, at(extent) + 6) << 32;
  }

  /** The block of the node that an index leads to. */
  long child(int index) {
    return u32(raw, at(index) + 4) | (long) u16(raw, at(index) + 8) << 32;
  }

  /**
   * The last entry that begins at or before a block of the file; -1 when all begin behind it.
   *
   * @throws CorruptDataException when two entries claim the block
   */
  int search(long fileBlock) throws CorruptDataException {
    if (!ordered) {
      return searchAll(fileBlock);
    }
    int low = 0;
    int high = entries - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (first(middle) <= fileBlock) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private int searchAll(long fileBlock) throws CorruptDataException {
    int best = -1;
    boolean twice = false;
    for (int i = 0; i < entries; i++) {
      boolean claims = first(i) <= fileBlock && (depth() > 0 || fileBlock < first(i) + length(i));
      if (claims && best >= 0 && (depth() == 0 || first(i) == first(best))) {
        twice = true;
      }
      if (claims && (best < 0 || first(i) > first(best))) {
        twice = twice && depth() == 0;
        best = i;
      }
    }
    if (twice) {
      throw wrong(origin, offset(best), "two entries claim block " + fileBlock, null, null);
    }
    return best;
  }
}
