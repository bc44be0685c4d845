package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u16;
import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.ksy.Ext4DxRoot;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which hashes the tree of a directory expects in which of its blocks, to tell names that lie where
 * no look-up finds them. Reading the tree tells, too, what is wrong with itself (the rules are
 * those of kernel {@code fs/ext4/namei.c}, {@code dx_probe}, and of e2fsck's second pass). For one
 * listing only.
 */
final class HashRanges {
  private static final int ENTRY_BYTES = 8;
  private static final long END = 1L << 32;
  private static final long BLOCK_MASK = 0x0fff_ffff;

  private final Volume volume;
  private final DirectoryBlocks blocks;
  private final NameHash hash;
  private final boolean hasHash;

  private final Set<Long> indexes = new HashSet<>();
  private long[] leaves = new long[16];
  private long[] lows = new long[16];
  private long[] highs = new long[16];
  private int count;
  private boolean isWhole = true;

  private @Nullable Origin lost;
  private long lostCount;

  private @Nullable Origin here;
  private long low;
  private long high;

  private HashRanges(Volume volume, Inode inode, DirectoryBlocks blocks, NameHash hash) {
    this.volume = volume;
    this.blocks = blocks;
    this.hash = hash;
    this.hasHash = DirentForm.of(volume, inode).hasHash();
  }

  /** The ranges of a directory; null when it has no tree, or none that can be read. */
  static @Nullable HashRanges of(Volume volume, Inode inode, DirectoryBlocks blocks) {
    if (!HashTree.isHashed(volume, inode)) {
      return null;
    }
    try {
      byte[] raw = blocks.read(0);
      Ext4DxRoot root = HashTree.root(volume, blocks, raw);
      if (root.reservedZero() != 0 || (root.unusedFlags() & 1) != 0) {
        String what = "fields of the hash tree's root that must be zero are not";
        volume.log().add(Finding.damage(blocks.origin(0), 0x18, what));
      }
      Optional<NameHash> hash = NameHash.of(volume, inode, root.hashVersion());
      if (hash.isEmpty()) {
        String what = "the directory's hash tree is of an unknown kind";
        String found = String.valueOf(root.hashVersion());
        volume.log().add(Finding.damage(blocks.origin(0), 0x1c, what, found, "0 to 6"));
        return null;
      }
      HashRanges ranges = new HashRanges(volume, inode, blocks, hash.get());
      ranges.index(raw, 0, DirectoryBlocks.ROOT_COUNT_AT, root.indirectLevels(), 0, END);
      ranges.sort();
      return ranges;
    } catch (IOException e) {
      volume.log().add(e, blocks.origin(0));
      return null;
    }
  }

  /** One block of the index, whose entries divide {@code [low, high)} among them. */
  private void index(byte[] raw, long block, int countAt, int levels, long low, long high) {
    indexes.add(block);
    int entries = u16(raw, countAt + 2);
    int limit = u16(raw, countAt);
    if (limit != limit(raw.length, countAt) || entries == 0 || entries > limit) {
      isWhole = false;
      String found = entries + " of " + limit;
      String expected = "1 to " + limit(raw.length, countAt);
      String what = "index entries that cannot be";
      volume.log().add(Finding.damage(blocks.origin(block), countAt, what, found, expected));
      return;
    }
    long from = low;
    for (int i = 0; i < entries; i++) {
      int at = countAt + i * ENTRY_BYTES;
      long to = i + 1 < entries ? u32(raw, at + ENTRY_BYTES) : high;
      if (to < from || to > high) {
        isWhole = false;
        String what = "hashes of the index that are not in order";
        volume.log().add(Finding.damage(blocks.origin(block), at + ENTRY_BYTES, what));
        return;
      }
      below(u32(raw, at + 4) & BLOCK_MASK, block, at, levels, from, to);
      from = to;
    }
  }

  private int limit(int blockBytes, int countAt) {
    int before = countAt == DirectoryBlocks.ROOT_COUNT_AT || !hasHash ? countAt : countAt + 8;
    int tail = volume.checksums().verified() ? ENTRY_BYTES : 0;
    return (blockBytes - before - tail) / ENTRY_BYTES;
  }

  private void below(long child, long block, int at, int levels, long from, long to) {
    if (child == 0 || child >= blocks.count()) {
      isWhole = false;
      String what = "the hash tree leads to block " + child + ", which the directory does not have";
      volume.log().add(Finding.damage(blocks.origin(block), at + 4, what));
    } else if (levels == 0) {
      leaf(child, from, to);
    } else if (indexes.contains(child)) {
      isWhole = false;
      tellTwice(blocks.origin(block), at + 4, child);
    } else {
      try {
        index(blocks.read(child), child, DirectoryBlocks.NODE_COUNT_AT, levels - 1, from, to);
      } catch (IOException e) {
        isWhole = false;
        volume.log().add(e, blocks.origin(child));
      }
    }
  }

  private void tellTwice(Origin origin, long offset, long block) {
    String what = "the hash tree leads to block " + block + " twice";
    volume.log().add(Finding.damage(origin, offset, what));
  }

  private void leaf(long block, long from, long to) {
    if (count >= blocks.count()) {
      isWhole = false;
      return;
    }
    if (count == leaves.length) {
      leaves = Arrays.copyOf(leaves, 2 * count);
      lows = Arrays.copyOf(lows, 2 * count);
      highs = Arrays.copyOf(highs, 2 * count);
    }
    leaves[count] = block << 32 | count;
    lows[count] = from;
    highs[count] = to;
    count++;
  }

  private void sort() {
    leaves = Arrays.copyOf(leaves, count);
    Arrays.sort(leaves);
    for (int i = 1; i < count; i++) {
      if (leaves[i] >>> 32 == leaves[i - 1] >>> 32) {
        isWhole = false;
        tellTwice(blocks.origin(0), DirectoryBlocks.ROOT_COUNT_AT, leaves[i] >>> 32);
      }
    }
  }

  /** Says whose names are checked next. */
  void enter(long fileBlock, Origin origin) {
    here = null;
    int at = Arrays.binarySearch(leaves, fileBlock << 32);
    at = at < 0 ? -at - 1 : at;
    if (at < count && leaves[at] >>> 32 == fileBlock) {
      here = origin;
      low = lows[(int) leaves[at]] & ~1L;
      high = highs[(int) leaves[at]];
    } else if (isWhole && !indexes.contains(fileBlock)) {
      lost = lost == null ? origin : lost;
      lostCount++;
    }
  }

  /** Tells, when all blocks were entered, of those that no look-up comes to. */
  void finish() {
    if (lost != null) {
      String more = lostCount > 1 ? ", nor to " + (lostCount - 1) + " more" : "";
      String what = "the directory's hash tree does not lead to this block" + more;
      volume.log().add(Finding.damage(lost, 0, what));
    }
  }

  /** Checks the name that a cursor stands on; tells of one in each block. */
  void check(DirentBlock entries, byte[] raw) {
    if (here == null || !hash.isKnown(entries)) {
      return;
    }
    long found = Integer.toUnsignedLong(hash.of(entries, raw));
    long end = high & ~1L;
    boolean goesOnNext = (high & 1) != 0;
    if (found < low || found > end || found == end && !goesOnNext) {
      tell(entries, found);
    }
  }

  private void tell(DirentBlock entries, long found) {
    if (here != null) {
      String what = "a name whose hash belongs to another block: " + entries.name();
      String expected = Long.toHexString(low) + " to " + Long.toHexString(high);
      volume
          .log()
          .add(Finding.damage(here, entries.offset(), what, Long.toHexString(found), expected));
    }
    here = null;
  }
}
