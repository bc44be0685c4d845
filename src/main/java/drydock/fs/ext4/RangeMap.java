package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.fs.ext4.journal.BlockRange;
import java.util.List;

/** The block map of a file that fast commits changed: ranges in order, which do not overlap. */
final class RangeMap implements BlockMap {
  private final Volume volume;
  private final long inode;
  private final List<BlockRange> ranges;

  RangeMap(Volume volume, long inode, List<BlockRange> ranges) {
    this.volume = volume;
    this.inode = inode;
    this.ranges = ranges;
  }

  @Override
  public BlockRun runAt(long fileBlock) throws CorruptDataException {
    int index = firstEndingBehind(fileBlock);
    if (index == ranges.size()) {
      return BlockRun.hole(fileBlock, END);
    }
    BlockRange range = ranges.get(index);
    if (fileBlock < range.first()) {
      return BlockRun.hole(fileBlock, range.first());
    }
    if (!range.written()) {
      return new BlockRun(range.first(), range.end(), range.block(), BlockRun.State.UNWRITTEN);
    }
    if (!volume.blocks().contains(range.block(), range.count())) {
      throw volume.corrupt(
          inode, 0, "blocks of a fast commit lie beyond the file system: from " + range.block());
    }
    return new BlockRun(range.first(), range.end(), range.block(), BlockRun.State.DATA);
  }

  private int firstEndingBehind(long fileBlock) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).end() > fileBlock) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
