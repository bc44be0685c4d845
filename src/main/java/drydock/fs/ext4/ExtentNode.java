package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A node of an extent tree: a flyweight over the 60 bytes of an inode's i_block or over a block,
 * whose layout is {@code ksy/ext4_extent_node.ksy}. What is checked is what the kernel checks
 * (kernel {@code fs/ext4/extents.c}, {@code ext4_valid_extent_entries}).
 */
final class ExtentNode {
  static final int MAX_DEPTH = 5;

  static final int MAGIC = 0xf30a;
  private static final int ENTRY_BYTES = 12;
  private static final int MAX_WRITTEN = 1 << 15;

  private final byte[] raw;
  private final int from;
  private final int entries;

  private ExtentNode(byte[] raw, int from) {
    this.raw = raw;
    this.from = from;
    this.entries = u16(raw, from + 2);
  }

  /** The node in {@code length} bytes of {@code raw}; {@code depth} is what it must have. */
  static ExtentNode decode(byte[] raw, int from, int length, int depth, Origin origin)
      throws CorruptDataException {
    ExtentNode node = new ExtentNode(raw, from);
    int max = u16(raw, from + 4);
    if (u16(raw, from) != MAGIC) {
      throw wrong(
          origin, 0, "is none", String.format(Locale.ROOT, "0x%04x", u16(raw, from)), "0xf30a");
    }
    if (node.entries > max || max > (length - ENTRY_BYTES) / ENTRY_BYTES) {
      throw wrong(origin, 2, "has more entries than room", node.entries + " of " + max, null);
    }
    if (node.depth() != depth) {
      throw wrong(
          origin, 6, "of another depth", String.valueOf(node.depth()), String.valueOf(depth));
    }
    if (depth > 0 && node.entries == 0) {
      throw wrong(origin, 2, "leads nowhere", "0 entries", "at least 1");
    }
    node.checkOrder(origin);
    return node;
  }

  /** The depth that a root states: 0 for extents, else how many levels of nodes are below it. */
  static int statedDepth(byte[] raw, int from, Origin origin) throws CorruptDataException {
    int depth = u16(raw, from + 6);
    if (depth > MAX_DEPTH) {
      throw wrong(origin, 6, "is too deep", String.valueOf(depth), "at most " + MAX_DEPTH);
    }
    return depth;
  }

  private void checkOrder(Origin origin) throws CorruptDataException {
    long next = 0;
    for (int i = 0; i < entries; i++) {
      long length = depth() == 0 ? length(i) : 1;
      if (first(i) < next || length == 0) {
        throw wrong(
            origin,
            at(i) - from,
            "has entries out of order",
            String.valueOf(first(i)),
            "at least " + next);
      }
      next = first(i) + length;
    }
  }

  private static CorruptDataException wrong(
      Origin origin, long offset, String what, String found, @Nullable String expected) {
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

  /** The first block of the entry behind this one; {@code end} behind the last. */
  long firstBehind(int entry, long end) {
    return entry + 1 < entries ? Math.min(end, first(entry + 1)) : end;
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

  /** The last entry that begins at or before a block of the file; -1 when all begin behind it. */
  int search(long fileBlock) {
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
}
