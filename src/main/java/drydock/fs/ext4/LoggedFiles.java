package drydock.fs.ext4;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.fs.Name;
import drydock.fs.NodeType;
import drydock.fs.ext4.journal.BlockRange;
import drydock.fs.ext4.journal.RecoveredFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A volume after its log was recovered, as the replay of fast commits asks it. */
final class LoggedFiles implements RecoveredFiles {
  /** More extents than a file of one fast commit has; a bound for what damage can claim. */
  private static final int MAX_RANGES = 1 << 20;

  private static final long LAST = 1L << 32;

  private final Volume volume;

  LoggedFiles(Volume volume) {
    this.volume = volume;
  }

  @Override
  public Origin origin() {
    return volume.origin();
  }

  @Override
  public byte[] inode(long number) throws IOException {
    return volume.inodes().slot(number);
  }

  @Override
  public List<BlockRange> ranges(long number, byte[] inode) throws IOException {
    BlockMap map = new ExtentMap(volume, new Inode(number, inode, volume.superblock()));
    List<BlockRange> ranges = new ArrayList<>();
    long at = 0;
    while (at < LAST) {
      BlockRun run = map.runAt(at);
      if (run.state() != BlockRun.State.HOLE) {
        ranges.add(
            new BlockRange(at, run.block() + (at - run.start()), run.end() - at, run.isData()));
      }
      if (run.end() <= at || ranges.size() > MAX_RANGES) {
        throw volume.corrupt(number, 0, "the file's extents have no end");
      }
      at = run.end();
    }
    return ranges;
  }

  @Override
  public OptionalLong entry(long directory, Name name) throws IOException {
    Inode inode = volume.inodes().read(directory);
    if (inode.type() != NodeType.DIRECTORY) {
      throw new CorruptDataException(
          volume.origin(directory), 0, "a name is changed in what is no directory");
    }
    return new Directory(volume, inode)
        .find(name)
        .map(found -> OptionalLong.of(found.inode()))
        .orElse(OptionalLong.empty());
  }
}
