package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.proto.criu.PagemapEntry;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entries of one page map image, and the blocks of compressed pages that they tell of.
 * For one thread.
 */
final class StoredMap {
  /** The most compressed blocks of one image: 16 bytes each. */
  static final int MAX_BLOCKS = 4_000_000;

  private static final int IN_PARENT = 1;
  private static final int LAZY = 1 << 1;
  private static final int PRESENT = 1 << 2;

  private final PageMapBuilder map;
  private final int pageSize;
  private final Origin origin;
  private final FindingLog log;
  private long @Nullable [] starts;
  private long[] offsets = {};
  private int blocks;
  private long unpacked;
  private boolean broken;

  StoredMap(int pageSize, int room, Origin origin, FindingLog log) {
    this.map = new PageMapBuilder(pageSize, room, origin, log);
    this.pageSize = pageSize;
    this.origin = origin;
    this.log = log;
  }

  /**
   * Adds an entry. What older versions wrote means as CRIU itself takes it ({@code
   * init_compat_pagemap_entry}): without flags the pages are here, unless {@code in_parent} says
   * otherwise, and without the wide count the narrow one counts.
   *
   * @param offset where it lies in its image
   * @return true, to go on
   */
  boolean add(PagemapEntry entry, long offset) {
    int flags = entry.getFlags();
    if (entry.getInParent()) {
      flags |= IN_PARENT;
    } else if (!entry.hasFlags()) {
      flags = PRESENT;
    }
    long pages =
        entry.hasNrPages() ? entry.getNrPages() : Integer.toUnsignedLong(entry.getCompatNrPages());
    PageState state = state(flags);
    map.add(new PageEntry(entry.getVaddr(), pages, state), offset);
    if (state == PageState.DUMPED && !broken) {
      addBlocks(entry.getCompressedSizeList(), entry.getRegionPages(), pages, offset);
    }
    return true;
  }

  /** Of several flags the parent's counts first, as where CRIU reads pages. */
  private static @Nullable PageState state(int flags) {
    if ((flags & IN_PARENT) != 0) {
      return PageState.PARENT;
    }
    if ((flags & PRESENT) != 0) {
      return PageState.DUMPED;
    }
    return (flags & LAZY) != 0 ? PageState.LAZY : null;
  }

  private void addBlocks(List<Integer> sizes, int regionPages, long pages, long offset) {
    if (pages <= 0 || pages > Long.MAX_VALUE / pageSize) {
      broken = starts != null || !sizes.isEmpty();
      return;
    }
    if (sizes.isEmpty()) {
      if (starts == null) {
        unpacked += pages * pageSize;
      } else {
        append(pages * pageSize, pages * pageSize);
      }
      return;
    }
    begin();
    long perBlock = Math.max(1, Integer.toUnsignedLong(regionPages));
    long left = pages;
    for (int size : sizes) {
      long block = Math.min(perBlock, left) * pageSize;
      long stored = Integer.toUnsignedLong(size);
      if (block == 0 || stored > block || block > CompressedPages.MAX_BLOCK) {
        break;
      }
      append(block, stored);
      left -= block / pageSize;
    }
    if (left != 0) {
      broken = true;
      log.add(
          Finding.damage(
              origin,
              offset,
              "the compressed blocks of a page map's entry are not its pages: none after it are read",
              sizes.size() + " blocks of " + perBlock + " pages",
              pages + " pages"));
    }
  }

  /** What was raw so far becomes one block. */
  private void begin() {
    if (starts == null) {
      starts = new long[16];
      offsets = new long[16];
      if (unpacked > 0) {
        long raw = unpacked;
        unpacked = 0;
        append(raw, raw);
      }
    }
  }

  private void append(long block, long stored) {
    if (starts == null || block > Long.MAX_VALUE - starts[blocks] || blocks == MAX_BLOCKS) {
      broken = true;
      return;
    }
    if (blocks + 1 == starts.length) {
      starts = Arrays.copyOf(starts, blocks * 2 + 2);
      offsets = Arrays.copyOf(offsets, blocks * 2 + 2);
    }
    starts[blocks + 1] = starts[blocks] + block;
    offsets[blocks + 1] = offsets[blocks] + stored;
    blocks++;
  }

  PageMap map() {
    return map.build();
  }

  /** The unpacked pages of an image that this map is of. */
  ByteSource pages(ByteSource image) {
    if (starts == null) {
      return image;
    }
    return new CompressedPages(
        image, Arrays.copyOf(starts, blocks + 1), Arrays.copyOf(offsets, blocks + 1));
  }
}
