package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The block map of a file with extents. Walks down the tree for each question and keeps the node
 * that it came through last on each level, so memory does not grow with the file.
 *
 * <p>Nodes get one level shallower with each step down, so a tree cannot lead back into itself.
 */
final class ExtentMap implements BlockMap {
  /** Extents number a file's blocks with 32 bits. */
  private static final long LAST = 1L << 32;

  private record Kept(long block, ExtentNode node) {}

  private final Volume volume;
  private final Inode inode;
  private final ExtentNode root;
  private final AtomicReferenceArray<Kept> path = new AtomicReferenceArray<>(ExtentNode.MAX_DEPTH);

  ExtentMap(Volume volume, Inode inode) throws CorruptDataException {
    this.volume = volume;
    this.inode = inode;
    Origin origin = volume.origin(inode.number());
    byte[] raw = inode.shared();
    int depth = ExtentNode.statedDepth(raw, Inode.BLOCK_FIELD, origin);
    root = ExtentNode.decode(raw, Inode.BLOCK_FIELD, Inode.BLOCK_FIELD_BYTES, depth, origin);
  }

  @Override
  public BlockRun runAt(long fileBlock) throws IOException {
    if (fileBlock >= LAST) {
      return BlockRun.hole(fileBlock, END);
    }
    ExtentNode node = root;
    long end = LAST;
    while (node.depth() > 0) {
      int index = node.search(fileBlock);
      if (index < 0) {
        return BlockRun.hole(fileBlock, Math.min(end, node.first(0)));
      }
      end = node.firstBehind(index, end);
      node = child(node.child(index), node.depth() - 1);
    }
    return inLeaf(node, fileBlock, end);
  }

  private BlockRun inLeaf(ExtentNode leaf, long fileBlock, long end) throws CorruptDataException {
    int extent = leaf.search(fileBlock);
    if (extent < 0) {
      return BlockRun.hole(fileBlock, leaf.firstBehind(-1, end));
    }
    long start = leaf.first(extent);
    long behind = start + leaf.length(extent);
    if (fileBlock >= behind) {
      return BlockRun.hole(fileBlock, leaf.firstBehind(extent, end));
    }
    long block = leaf.block(extent);
    if (!leaf.isWritten(extent)) {
      return new BlockRun(start, Math.min(end, behind), block, BlockRun.State.UNWRITTEN);
    }
    if (!volume.blocks().contains(block, leaf.length(extent))) {
      throw volume.corrupt(
          inode.number(), 0, "an extent lies beyond the file system: blocks from " + block);
    }
    return new BlockRun(start, Math.min(end, behind), block, BlockRun.State.DATA);
  }

  private ExtentNode child(long block, int depth) throws IOException {
    Kept kept = path.get(depth);
    if (kept != null && kept.block == block) {
      return kept.node;
    }
    Origin origin = volume.origin(inode.number()).child("extent tree block " + block);
    byte[] raw = volume.blocks().metadata(block);
    ExtentNode node = ExtentNode.decode(raw, 0, raw.length, depth, origin);
    int sumAt = node.checksumOffset();
    if (volume.checksums().verified() && sumAt <= raw.length - 4) {
      int seed = volume.checksums().inodeSeed(inode.number(), (int) inode.generation());
      if (!Checksums.sumFits(seed, raw, sumAt, sumAt)) {
        volume.log().add(Finding.damage(origin, sumAt, "the checksum does not fit"));
      }
    }
    path.set(depth, new Kept(block, node));
    return node;
  }
}
