package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which inodes and blocks are in use, as the bitmaps of the groups say (kernel {@code
 * fs/ext4/ialloc.c} and {@code balloc.c}). Safe from many threads.
 *
 * <p>They are the bitmaps after the journal was applied, before a kernel would free what is
 * orphaned. Fast commits bring none: an inode that they brought is in use, their blocks are not
 * counted here. Where groups may be uninitialised and one is, its bitmap is not read but made, as
 * the kernel does. A bitmap whose checksum does not fit is a finding and believed all the same; one
 * that cannot be read is a finding and leaves what it should tell {@link Use#UNKNOWN}.
 */
final class Bitmaps {
  private static final int CACHE_BYTES = 4 << 20;

  /** Stands for a bitmap that cannot be read. */
  private static final byte[] LOST = {};

  /** What a bitmap says of one thing. */
  enum Use {
    USED,
    FREE,
    UNKNOWN
  }

  private final Volume volume;
  private final Superblock superblock;
  private final int blocksPerCluster;
  private final Lru<byte[]> inodeMaps = new Lru<>(CACHE_BYTES / 2, map -> map.length + 64);

  /** Of inodes, the one that was asked for last: whoever scans a table asks for it again. */
  private volatile @Nullable GroupMap lastInodes;

  /** {@code first} is the number of its first inode. */
  private record GroupMap(long group, long first, byte[] map) {}

  private final Lru<byte[]> blockMaps = new Lru<>(CACHE_BYTES / 2, map -> map.length + 64);

  Bitmaps(Volume volume) {
    this.volume = volume;
    this.superblock = volume.superblock();
    this.blocksPerCluster = superblock.clusterBytes() / superblock.blockBytes();
  }

  /** Whether an inode is in use; {@link Use#UNKNOWN} for a number that there is not. */
  Use inode(long number) throws IOException {
    if (number < 1 || number > superblock.lastInode()) {
      return Use.UNKNOWN;
    }
    if (volume.fastCommits().inode(number).isPresent()) {
      return Use.USED;
    }
    GroupMap last = lastInodes;
    if (last != null && number >= last.first && number - last.first < superblock.inodesPerGroup()) {
      return use(last.map == LOST ? null : last.map, number - last.first); // nothing is divided
    }
    long group = (number - 1) / superblock.inodesPerGroup();
    return use(inodes(group), number - 1 - group * superblock.inodesPerGroup());
  }

  /**
   * Whether a block is in use; with clusters, whether its cluster is. What lies before the first
   * group is never free.
   */
  Use block(long number) throws IOException {
    if (number < 0 || number >= superblock.blocks()) {
      return Use.UNKNOWN;
    }
    if (number < superblock.firstDataBlock()) {
      return Use.USED;
    }
    long inGroups = number - superblock.firstDataBlock();
    byte[] map = blocks(inGroups / superblock.blocksPerGroup());
    return use(map, inGroups % superblock.blocksPerGroup() / blocksPerCluster);
  }

  /** How many of {@code count} blocks from one on are in use for certain. */
  long used(long first, long count) throws IOException {
    long used = 0;
    long at = Math.max(first, superblock.firstDataBlock());
    long end = Math.min(first + count, superblock.blocks());
    while (at < end) {
      long inGroups = at - superblock.firstDataBlock();
      byte[] map = blocks(inGroups / superblock.blocksPerGroup());
      long inGroup = inGroups % superblock.blocksPerGroup();
      long here = Math.min(end - at, superblock.blocksPerGroup() - inGroup);
      for (long i = inGroup; map != null && i < inGroup + here; i++) {
        used += use(map, i / blocksPerCluster) == Use.USED ? 1 : 0;
      }
      at += here;
    }
    return used;
  }

  private static Use use(byte @Nullable [] map, long bit) {
    if (map == null) {
      return Use.UNKNOWN;
    }
    boolean set = (map[(int) (bit >> 3)] >> (bit & 7) & 1) != 0;
    return set ? Use.USED : Use.FREE;
  }

  /**
   * The bitmap of a group's inodes, the lowest bit of the first byte first; null when it cannot be
   * read. Shared: nobody writes to it.
   */
  byte @Nullable [] inodes(long group) throws IOException {
    GroupMap last = lastInodes;
    if (last == null || last.group != group) {
      byte[] map = inodeMaps.get(group);
      if (map == null) {
        map = readInodes(group);
        inodeMaps.put(group, map);
      }
      last = new GroupMap(group, group * superblock.inodesPerGroup() + 1, map);
      lastInodes = last;
    }
    return last.map == LOST ? null : last.map;
  }

  /** The bitmap of a group's blocks (or clusters), as {@link #inodes(long)}. */
  byte @Nullable [] blocks(long group) throws IOException {
    byte[] map = blockMaps.get(group);
    if (map == null) {
      map = readBlocks(group);
      blockMaps.put(group, map);
    }
    return map == LOST ? null : map;
  }

  private byte[] readInodes(long group) throws IOException {
    GroupDescriptor descriptor = descriptor(group);
    if (descriptor == null) {
      return LOST;
    }
    if (volume.hasGroupFlags() && descriptor.inodesNeverUsed()) {
      return new byte[superblock.blockBytes()];
    }
    GroupDescriptor.BitmapSums sums = descriptor.bitmapSums();
    int summed = (int) (superblock.inodesPerGroup() / 8);
    return read(
        descriptor.inodeBitmap(),
        volume.groupOrigin(group).child("inode bitmap"),
        summed,
        sums,
        false);
  }

  private byte[] readBlocks(long group) throws IOException {
    GroupDescriptor descriptor = descriptor(group);
    if (descriptor == null) {
      return LOST;
    }
    if (volume.hasGroupFlags() && descriptor.blocksNeverUsed()) {
      return madeBlocks(descriptor);
    }
    GroupDescriptor.BitmapSums sums = descriptor.bitmapSums();
    int summed = (int) (superblock.blocksPerGroup() / blocksPerCluster / 8);
    return read(
        descriptor.blockBitmap(),
        volume.groupOrigin(group).child("block bitmap"),
        summed,
        sums,
        true);
  }

  /** What is wrong with a descriptor is told by who reads it. */
  private @Nullable GroupDescriptor descriptor(long group) throws IOException {
    try {
      return volume.inodes().groups().descriptor(group);
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
      return null;
    }
  }

  private byte[] read(
      long block,
      Origin origin,
      int summed,
      GroupDescriptor.@Nullable BitmapSums sums,
      boolean ofBlocks)
      throws IOException {
    byte[] map = new byte[superblock.blockBytes()];
    try {
      if (!volume.blocks().contains(block, 1)) {
        throw new CorruptDataException(
            origin, 0, "the bitmap lies beyond the file system: block " + block);
      }
      volume.blocks().read(block, 0, map, 0, map.length);
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
      return LOST;
    }
    if (volume.checksums().verified() && sums != null) {
      int stored = ofBlocks ? sums.blocks() : sums.inodes();
      int mask = sums.wide() ? -1 : 0xffff;
      int computed = Checksums.crc32c(volume.checksums().seed(), map, 0, summed) & mask;
      if (computed != stored) {
        volume.log().add(Finding.damage(origin, 0, "the bitmap's checksum does not fit"));
      }
    }
    return map;
  }

  /**
   * The bitmap of a group of which only its own records are in use: the copies of superblock and
   * descriptors at its start, and those of its bitmaps and its table that lie in it.
   */
  private byte[] madeBlocks(GroupDescriptor descriptor) {
    long group = descriptor.group();
    byte[] map = new byte[superblock.blockBytes()];
    long copies = copyBlocks(group);
    set(map, group, superblock.firstBlock(group), copies);
    set(map, group, descriptor.blockBitmap(), 1);
    set(map, group, descriptor.inodeBitmap(), 1);
    set(map, group, descriptor.inodeTable(), superblock.tableBlocks());
    return map;
  }

  /** How many blocks at a group's start belong to copies of superblock and descriptors. */
  long copyBlocks(long group) {
    long perBlock = superblock.blockBytes() / superblock.descriptorBytes();
    boolean inMetaGroups =
        volume.has(Feature.META_BG) && group / perBlock >= superblock.firstMetaGroup();
    long copy = superblock.hasCopy(group) ? 1 : 0;
    if (inMetaGroups) {
      long place = group % perBlock;
      return copy + (place == 0 || place == 1 || place == perBlock - 1 ? 1 : 0);
    }
    if (copy == 0) {
      return 0;
    }
    long tables =
        volume.has(Feature.META_BG)
            ? superblock.firstMetaGroup()
            : (superblock.groups() + perBlock - 1) / perBlock;
    return copy + tables + superblock.reservedDescriptorBlocks();
  }

  /** Marks the part of a run of blocks that lies in the group. */
  private void set(byte[] map, long group, long first, long count) {
    long start = superblock.firstBlock(group);
    long end = Math.min(start + superblock.blocksPerGroup(), superblock.blocks());
    for (long at = Math.max(first, start); at < Math.min(first + count, end); at++) {
      long bit = (at - start) / blocksPerCluster;
      map[(int) (bit >> 3)] |= (byte) (1 << (bit & 7));
    }
  }
}
