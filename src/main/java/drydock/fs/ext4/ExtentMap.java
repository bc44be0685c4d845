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

  private record Kept(long block, long from, ExtentNode node) {}

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
    root.troubles().forEach(volume.log()::add);
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
      end = node.firstBehind(index, fileBlock, end);
      node = child(node, index, end);
    }
    return inLeaf(node, fileBlock, end);
  }

  private BlockRun inLeaf(ExtentNode leaf, long fileBlock, long end) throws CorruptDataException {
    int extent = leaf.search(fileBlock);
    if (extent < 0) {
      return BlockRun.hole(fileBlock, leaf.firstBehind(-1, fileBlock, end));
    }
    long start = leaf.first(extent);
    long next = leaf.firstBehind(extent, fileBlock, end);
    if (fileBlock >= start + leaf.length(extent)) {
      return BlockRun.hole(fileBlock, next);
    }
    long block = leaf.block(extent);
    long last = Math.min(next, start + leaf.length(extent));
    boolean isWritten = leaf.isWritten(extent);
    if (isWritten) {
      long inside = volume.blocks().contains(block, 1) ? volume.superblock().blocks() - block : 0;
      if (fileBlock - start >= inside) {
        throw new CorruptDataException(
            leaf.origin(),
            leaf.offset(extent),
            "an extent lies beyond the file system: blocks from " + (block + inside));
      }
      last = Math.min(last, start + inside);
    }
    // among overlapping extents the blocks before this one may be another's
    long from = leaf.isOrdered() ? start : fileBlock;
    BlockRun.State state = isWritten ? BlockRun.State.DATA : BlockRun.State.UNWRITTEN;
    return new BlockRun(from, last, block + (from - start), state);
  }

  private ExtentNode child(ExtentNode parent, int index, long end) throws IOException {
    long block = parent.child(index);
    int depth = parent.depth() - 1;
    Kept kept = path.get(depth);
    if (kept != null && kept.block == block && kept.from == parent.first(index)) {
      return kept.node;
    }
    ExtentNode node = node(volume, inode, block, depth);
    node.checkPlace(parent.first(index), end);
    node.troubles().forEach(volume.log()::add);
    path.set(depth, new Kept(block, parent.first(index), node));
    return node;
  }

  /** Reads one node of a tree, its checksum verified. */
  static ExtentNode node(Volume volume, Inode inode, long block, int depth) throws IOException {
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
    return node;
  }
}
