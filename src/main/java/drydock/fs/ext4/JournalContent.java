package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import drydock.fs.ext4.journal.JournalPlaces;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The journal of a file system as recovery reads it. Other than a file's, its holes are no zeros:
 * what lies nowhere cannot be read; and what was allocated for it counts as written (kernel {@code
 * fs/ext4/super.c}, {@code ext4_journal_bmap}, asks only where a block lies). Its map is read once,
 * when it is opened. Safe from many threads.
 */
final class JournalContent implements ByteSource, JournalPlaces {
  private static final int MAX_RUNS = 1 << 20;
  private static final int MAX_FAILURES = 1 << 16;

  private final Blocks blocks;
  private final Origin origin;
  private final long size;

  /** In the order of the journal, holes left out. */
  private final BlockRun[] runs;

  /** The same runs in the order of the disk: where each starts and where it ends. */
  private final long[][] onDisk;

  private JournalContent(Volume volume, Inode inode, List<BlockRun> runs) {
    this.blocks = volume.blocks();
    this.origin = volume.origin(inode.number());
    this.size = inode.size();
    this.runs = runs.toArray(BlockRun[]::new);
    this.onDisk =
        runs.stream()
            .map(run -> new long[] {run.block(), run.block() + run.end() - run.start()})
            .sorted(Arrays::compare)
            .toArray(long[][]::new);
  }

  /** Reads where the journal in an inode lies; what lies nowhere is told. */
  static JournalContent of(Volume volume, Inode inode) throws CorruptDataException {
    BlockMap map = Contents.map(volume, inode);
    int blockBytes = volume.blocks().blockBytes();
    long end = inode.size() / blockBytes;
    List<BlockRun> runs = new ArrayList<>();
    long lost = 0;
    long firstLost = -1;
    int failures = 0;
    long at = 0;
    while (at < end && runs.size() < MAX_RUNS && failures < MAX_FAILURES) {
      BlockRun run;
      try {
        run = onDisk(volume.blocks(), map.runAt(at).from(at, end));
      } catch (IOException e) {
        failures++;
        volume.log().add(e, volume.origin(inode.number()));
        run = BlockRun.hole(at, at + 1);
      }
      if (run.state() != BlockRun.State.HOLE) {
        runs.add(run);
      } else {
        firstLost = lost == 0 ? at : firstLost;
        lost += run.end() - at;
      }
      at = run.end();
    }
    if (at < end) { // given up
      firstLost = lost == 0 ? at : firstLost;
      lost += end - at;
    }
    if (lost > 0) {
      volume.damage(
          inode.number(),
          firstLost * blockBytes,
          "the journal has holes: " + lost + " of its " + end + " blocks are not on the disk");
    }
    return new JournalContent(volume, inode, runs);
  }

  /** As much of a run as the evidence has; a hole where it has nothing. */
  private static BlockRun onDisk(Blocks blocks, BlockRun run) {
    if (run.state() == BlockRun.State.HOLE || !blocks.contains(run.block(), 1)) {
      return BlockRun.hole(run.start(), run.end());
    }
    long there = blocks.source().size() / blocks.blockBytes() - run.block();
    if (there <= 0) {
      return BlockRun.hole(run.start(), run.end());
    }
    return run.from(run.start(), Math.min(run.end(), run.start() + there));
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    int blockBytes = blocks.blockBytes();
    int filled = 0;
    while (filled < length) {
      long at = position + filled;
      int index = holding(at / blockBytes);
      if (index < 0) {
        throw new CorruptDataException(origin, at, "this block of the journal is not on the disk");
      }
      BlockRun run = runs[index];
      int count = (int) Math.min(length - filled, run.end() * blockBytes - at);
      blocks.read(run.block(), at - run.start() * blockBytes, into, offset + filled, count);
      filled += count;
    }
  }

  @Override
  public Extent extentAt(long position) throws IOException {
    int index = holding(position / blocks.blockBytes());
    if (index < 0) {
      return new Extent(origin, position, blocks.blockBytes());
    }
    long from = runs[index].start() * blocks.blockBytes();
    long end = Math.min(size, runs[index].end() * blocks.blockBytes());
    return blocks.extentAt(runs[index].block(), position - from, end - position);
  }

  @Override
  public boolean isThere(long journalBlock) {
    return holding(journalBlock) >= 0;
  }

  /** The run with a block of the journal; negative when there is none. */
  private int holding(long journalBlock) {
    int low = 0;
    int high = runs.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (runs[middle].holds(journalBlock)) {
        return middle;
      }
      if (runs[middle].start() > journalBlock) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return -1;
  }

  @Override
  public boolean isJournal(long block) {
    int low = 0;
    int high = onDisk.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (onDisk[middle][0] > block) {
        high = middle - 1;
      } else if (onDisk[middle][1] <= block) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }
}
