package drydock.fs.ext4;

import static drydock.bytes.LittleEndian.u32;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import java.io.IOException;

/**
 * Goes through the whole map of one inode, each of its blocks once, and claims them. A block of the
 * map that was claimed before is not gone into, so that no map, however it loops, takes longer than
 * the file system has blocks (e2fsprogs {@code e2fsck/pass1.c}, {@code check_blocks}).
 */
final class MapCheck {
  private static final int DIRECT = 12;
  private static final int MAX_TOLD = 16;

  private final Volume volume;
  private final Claims claims;
  private final Disputes disputes;
  private final Inode inode;
  private final Origin origin;
  private final FindingLog log;
  private final int blocksPerCluster;
  private long clusters;
  private long end;
  private long lastCluster = -1;
  private long lastFileCluster = -1;
  private long told;
  private boolean broken;

  MapCheck(Volume volume, Claims claims, Disputes disputes, Inode inode) {
    this.disputes = disputes;
    this.volume = volume;
    this.claims = claims;
    this.inode = inode;
    this.origin = volume.origin(inode.number());
    this.log = volume.log();
    this.blocksPerCluster = volume.superblock().clusterBytes() / volume.blocks().blockBytes();
  }

  /** How many clusters the map takes, its own blocks included. */
  long clusters() {
    return clusters;
  }

  /** The first block of the file behind all that were written. */
  long end() {
    return end;
  }

  /** Whether something is wrong with it, so that nothing can be said of the whole. */
  boolean isBroken() {
    return broken;
  }

  void run() throws IOException {
    if (inode.has(InodeFlag.EXTENTS)) {
      runExtents();
    } else {
      runPointers();
    }
  }

  private void runExtents() throws IOException {
    byte[] raw = inode.shared();
    try {
      int depth = ExtentNode.statedDepth(raw, Inode.BLOCK_FIELD, origin);
      ExtentNode root =
          ExtentNode.decode(raw, Inode.BLOCK_FIELD, Inode.BLOCK_FIELD_BYTES, depth, origin);
      root.troubles().forEach(this::tell);
      node(root, ExtentNode.LAST_BLOCK);
    } catch (CorruptDataException e) {
      tell(Finding.of(e));
    }
  }

  private void node(ExtentNode node, long end) throws IOException {
    for (int i = 0; i < node.entries(); i++) {
      if (node.depth() == 0) {
        extent(node, i, end);
      } else {
        index(node, i, end);
      }
    }
  }

  private void index(ExtentNode node, int entry, long end) throws IOException {
    long block = node.child(entry);
    long next = entry + 1 < node.entries() ? Math.min(end, node.first(entry + 1)) : end;
    if (!claimMeta(block, node.origin(), node.offset(entry))) {
      return;
    }
    try {
      ExtentNode child = ExtentMap.node(volume, inode, block, node.depth() - 1);
      child.checkPlace(node.first(entry), next);
      child.troubles().forEach(this::tell);
      node(child, next);
    } catch (CorruptDataException e) {
      tell(Finding.of(e));
    }
  }

  private void extent(ExtentNode leaf, int extent, long end) {
    long block = leaf.block(extent);
    long length = leaf.length(extent);
    if (!volume.blocks().contains(block, length)) {
      String what = "an extent lies beyond the file system: blocks from " + block;
      tell(Finding.damage(leaf.origin(), leaf.offset(extent), what));
      return;
    }
    claimData(block, leaf.first(extent), length, leaf.origin(), leaf.offset(extent));
    if (leaf.isWritten(extent)) {
      this.end = Math.max(this.end, Math.min(end, leaf.first(extent) + length));
    }
  }

  private void runPointers() throws IOException {
    byte[] raw = inode.shared();
    long perBlock = volume.blocks().blockBytes() / 4;
    table(raw, Inode.BLOCK_FIELD, DIRECT, 0, origin);
    long base = DIRECT;
    long span = perBlock;
    for (int level = 1; level <= 3; level++) {
      int at = Inode.BLOCK_FIELD + 4 * (DIRECT + level - 1);
      below(u32(raw, at), level, base, span, origin, at);
      base += span;
      span *= perBlock;
    }
  }

  private void below(long block, int level, long start, long span, Origin holder, long offset)
      throws IOException {
    if (block == 0 || !claimMeta(block, holder, offset)) {
      return;
    }
    Origin here = origin.child("block of block numbers " + block);
    byte[] raw;
    try {
      raw = volume.blocks().metadata(block);
    } catch (CorruptDataException e) {
      tell(Finding.of(e));
      return;
    }
    int count = raw.length / 4;
    if (level == 1) {
      table(raw, 0, count, start, here);
      return;
    }
    long covered = span / count;
    for (int i = 0; i < count && told < MAX_TOLD; i++) {
      below(u32(raw, 4 * i), level - 1, start + i * covered, covered, here, 4L * i);
    }
  }

  private void table(byte[] raw, int from, int count, long start, Origin holder) {
    for (int i = 0; i < count && told < MAX_TOLD; i++) {
      long block = u32(raw, from + 4 * i);
      if (block == 0) {
        continue;
      }
      if (volume.blocks().contains(block, 1)) {
        claimData(block, start + i, 1, holder, from + 4L * i);
        end = start + i + 1;
      } else {
        String what = "a block lies beyond the file system: " + block;
        tell(Finding.damage(holder, from + 4L * i, what));
      }
    }
  }

  private boolean claimMeta(long block, Origin holder, long offset) {
    if (!volume.blocks().contains(block, 1)) {
      tell(Finding.damage(holder, offset, "a block lies beyond the file system: " + block));
      return false;
    }
    clusters++;
    return claim(claims.cluster(block), block, holder, offset);
  }

  private void claimData(long block, long fileBlock, long length, Origin holder, long offset) {
    if (told >= MAX_TOLD) {
      return;
    }
    for (long i = 0; i < length; i++) {
      long cluster = claims.cluster(block + i);
      long fileCluster = (fileBlock + i) / blocksPerCluster;
      if (cluster == lastCluster && fileCluster == lastFileCluster && blocksPerCluster > 1) {
        continue; // the next block of a cluster that this file has already
      }
      lastCluster = cluster;
      lastFileCluster = fileCluster;
      clusters++;
      if (!claim(cluster, block + i, holder, offset)) {
        return; // the rest of a run that is another's is no news
      }
    }
  }

  private boolean claim(long cluster, long block, Origin holder, long offset) {
    boolean isFree = !claims.isOwn(cluster) && claims.claim(cluster);
    if (isFree || !claims.isOwn(cluster) && volume.has(Feature.SHARED_BLOCKS)) {
      return true; // files of such a file system have equal blocks once, on purpose
    }
    broken = true;
    if (told++ < MAX_TOLD) {
      disputes.add(inode.number(), block, holder, offset);
    }
    return false;
  }

  private void tell(Finding finding) {
    broken = true;
    if (told++ < MAX_TOLD) {
      log.add(finding);
    }
  }
}
