package drydock.fs.ext4;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks were claimed so far, counted in clusters: by the file system's own records, and by
 * inodes. A bit for each cluster where anything is claimed; at most {@value #MAX_PAGES} pages of 32
 * KiB, beyond which nothing is known.
 */
final class Claims {
  private static final int PAGE_BITS = 1 << 18;
  private static final int MAX_PAGES = 4096;

  private final Superblock superblock;
  private final int blocksPerCluster;
  private final @Nullable BitSet[] own;
  private final @Nullable BitSet[] all;
  private int pages;
  private boolean whole = true;

  Claims(Superblock superblock) {
    this.superblock = superblock;
    this.blocksPerCluster = superblock.clusterBytes() / superblock.blockBytes();
    long clusters = superblock.blocks() / blocksPerCluster + 1;
    int count = (int) Math.min(clusters / PAGE_BITS + 1, 1 << 20);
    own = new @Nullable BitSet[count];
    all = new @Nullable BitSet[count];
  }

  /** Whether all claims could be kept. */
  boolean isWhole() {
    return whole;
  }

  /** The cluster that holds a block. */
  long cluster(long block) {
    return (block - superblock.firstDataBlock()) / blocksPerCluster;
  }

  /** For the file system's own records: superblocks, descriptors, bitmaps, inode tables. */
  boolean claimOwn(long block) {
    set(own, cluster(block));
    return set(all, cluster(block));
  }

  /** Claims a cluster; false when it was claimed before. */
  boolean claim(long cluster) {
    return set(all, cluster);
  }

  boolean isOwn(long cluster) {
    return get(own, cluster);
  }

  boolean isClaimed(long cluster) {
    return get(all, cluster);
  }

  private boolean set(@Nullable BitSet[] bits, long cluster) {
    int index = (int) Math.min(cluster / PAGE_BITS, Integer.MAX_VALUE);
    if (cluster < 0 || index >= bits.length) {
      whole = false;
      return true;
    }
    BitSet page = bits[index];
    if (page == null) {
      if (++pages > MAX_PAGES) {
        whole = false;
        return true;
      }
      page = new BitSet(PAGE_BITS);
      bits[index] = page;
    }
    int bit = (int) (cluster % PAGE_BITS);
    boolean free = !page.get(bit);
    page.set(bit);
    return free;
  }

  private static boolean get(@Nullable BitSet[] bits, long cluster) {
    int index = (int) Math.min(cluster / PAGE_BITS, Integer.MAX_VALUE);
    if (cluster < 0 || index >= bits.length) {
      return false;
    }
    BitSet page = bits[index];
    return page != null && page.get((int) (cluster % PAGE_BITS));
  }
}
