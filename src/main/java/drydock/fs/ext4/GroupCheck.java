package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.LittleEndian;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of the block groups: claims the blocks that they take, and compares at the end what
 * the bitmaps say with what was found in use (e2fsprogs {@code e2fsck/pass1.c}, {@code
 * mark_table_blocks}; {@code pass5.c}).
 */
final class GroupCheck {
  private static final int MMP_BLOCK_AT = 0x168;

  private final Volume volume;
  private final Check.Bounds bounds;
  private final Superblock superblock;
  private final Claims claims;
  private final int blocksPerCluster;

  GroupCheck(Volume volume, Claims claims, Check.Bounds bounds) {
    this.volume = volume;
    this.bounds = bounds;
    this.superblock = volume.superblock();
    this.claims = claims;
    this.blocksPerCluster = superblock.clusterBytes() / superblock.blockBytes();
  }

  /** Claims what the format itself puts into the groups. */
  void claim() throws IOException {
    for (long block = 0; block <= Superblock.OFFSET / superblock.blockBytes(); block++) {
      if (block >= superblock.firstDataBlock()) {
        claims.claimOwn(block);
      }
    }
    claimMultiMountBlock();
    for (long group = 0; group < bounds.groups(); group++) {
      long copies = Math.min(volume.bitmaps().copyBlocks(group), superblock.blocksPerGroup());
      claimRun(superblock.firstBlock(group), copies);
    }
    if (superblock.tableBlocks() > superblock.blocksPerGroup()) {
      String what = "the inode tables take more room than the groups have; they are not compared";
      volume.log().add(Finding.damage(volume.origin().child("superblock"), 0x28, what));
      return;
    }
    for (long group = 0; group < bounds.groups(); group++) {
      GroupDescriptor descriptor = descriptor(group);
      if (descriptor != null) {
        claimPlaces(descriptor);
      }
    }
  }

  private void claimMultiMountBlock() throws IOException {
    if (volume.has(Feature.MMP)) {
      byte[] raw = volume.blocks().source().bytes(Superblock.OFFSET, Superblock.BYTES);
      long block = LittleEndian.i64(raw, MMP_BLOCK_AT);
      if (volume.blocks().contains(block, 1)) {
        claims.claimOwn(block);
      }
    }
  }

  private void claimRun(long first, long count) {
    long there = volume.blocks().source().size() / superblock.blockBytes() + 1;
    long end = Math.min(first + count, Math.min(superblock.blocks(), there));
    for (long block = first; block < end; block++) {
      claims.claimOwn(block);
    }
  }

  private void claimPlaces(GroupDescriptor descriptor) {
    place(descriptor, "block bitmap", 0x0, descriptor.blockBitmap(), 1);
    place(descriptor, "inode bitmap", 0x4, descriptor.inodeBitmap(), 1);
    place(descriptor, "inode table", 0x8, descriptor.inodeTable(), superblock.tableBlocks());
  }

  private void place(GroupDescriptor descriptor, String what, int at, long first, long count) {
    Origin origin = volume.groupOrigin(descriptor.group());
    if (!volume.blocks().contains(first, count)) {
      String where = "the group's " + what + " lies beyond the file system: block " + first;
      volume.log().add(Finding.damage(origin, at, where));
      return;
    }
    long before = 0;
    long last = -1;
    for (long block = first; block < first + count; block++) {
      long cluster = claims.cluster(block);
      before += !claims.claimOwn(block) && cluster != last && blocksPerCluster == 1 ? 1 : 0;
      last = cluster;
    }
    if (before > 0) {
      String where = "the group's " + what + " lies on other records of the file system";
      volume.log().add(Finding.damage(origin, at, where + ": " + before + " blocks"));
    }
  }

  private @Nullable GroupDescriptor descriptor(long group) throws IOException {
    try {
      return volume.inodes().groups().descriptor(group);
    } catch (CorruptDataException e) {
      volume.log().add(Finding.of(e));
      return null;
    }
  }

  /** A finding for each group whose bitmap of blocks is not what was claimed. */
  void compareBlocks() throws IOException {
    long clustersPerGroup = superblock.blocksPerGroup() / blocksPerCluster;
    for (long group = 0; group < bounds.groups(); group++) {
      byte[] map = volume.bitmaps().blocks(group);
      if (map == null) {
        continue;
      }
      long first = claims.cluster(superblock.firstBlock(group));
      long blocksThere =
          Math.min(superblock.blocksPerGroup(), superblock.blocks() - superblock.firstBlock(group));
      long there = (blocksThere + blocksPerCluster - 1) / blocksPerCluster;
      Difference difference = new Difference();
      for (int bit = 0; bit < there; bit++) {
        difference.count(bit, claims.isClaimed(first + bit), isSet(map, bit));
      }
      int beyond = unsetBehind(map, there, clustersPerGroup);
      String unit = blocksPerCluster == 1 ? "blocks" : "clusters";
      Origin origin = volume.groupOrigin(group).child("block bitmap");
      difference.tell(origin, unit, superblock.firstBlock(group), blocksPerCluster);
      if (beyond >= 0) {
        String what = "the bitmap calls free what lies behind the last block";
        volume.log().add(Finding.damage(origin, beyond / 8, what));
      }
    }
  }

  /** Bits behind the file system's end are set, that nobody takes what is not there. */
  private static int unsetBehind(byte[] map, long from, long to) {
    for (int bit = (int) from; bit < to; bit++) {
      if (!isSet(map, bit)) {
        return bit;
      }
    }
    return -1;
  }

  /** A finding for each group whose bitmap of inodes is not what the tables say. */
  void compareInodes(Ledger ledger) throws IOException {
    for (long group = 0; group < bounds.groups(); group++) {
      byte[] map = volume.bitmaps().inodes(group);
      if (map == null) {
        continue;
      }
      long before = group * superblock.inodesPerGroup() + 1;
      Difference difference = new Difference();
      for (int bit = 0; bit < superblock.inodesPerGroup(); bit++) {
        long inode = before + bit;
        boolean used = inode < superblock.firstInode() || ledger.isUsed(inode);
        difference.count(bit, used, isSet(map, bit));
      }
      Origin origin = volume.groupOrigin(group).child("inode bitmap");
      difference.tell(origin, "inodes", before, 1);
    }
  }

  private static boolean isSet(byte[] map, int bit) {
    return (map[bit >> 3] >> (bit & 7) & 1) != 0;
  }

  /** How a bitmap differs from what is in use. */
  private final class Difference {
    private long usedButFree;
    private long freeButUsed;
    private int firstFree = -1;
    private int firstUsed = -1;

    void count(int bit, boolean used, boolean set) {
      if (used && !set) {
        firstFree = usedButFree++ == 0 ? bit : firstFree;
      } else if (set && !used) {
        firstUsed = freeButUsed++ == 0 ? bit : firstUsed;
      }
    }

    void tell(Origin origin, String unit, long base, int each) {
      if (usedButFree > 0) {
        String what = "the bitmap calls free " + unit + " that are in use, the first one ";
        add(origin, firstFree, what + (base + (long) firstFree * each), usedButFree);
      }
      if (freeButUsed > 0) {
        String what = "the bitmap calls used " + unit + " that nothing uses, the first one ";
        add(origin, firstUsed, what + (base + (long) firstUsed * each), freeButUsed);
      }
    }

    private void add(Origin origin, int bit, String what, long count) {
      volume.log().add(Finding.damage(origin, bit / 8, what, String.valueOf(count), "0"));
    }
  }
}
