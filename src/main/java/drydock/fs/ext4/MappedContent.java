package drydock.fs.ext4;

import drydock.bytes.ByteSource;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file's content, put together from where its block map says that it lies. */
final class MappedContent implements ByteSource {
  private final Blocks blocks;
  private final BlockMap map;
  private final long size;
  private final Origin origin;
  private volatile @Nullable BlockRun last;

  MappedContent(Blocks blocks, BlockMap map, long size, Origin origin) {
    this.blocks = blocks;
    this.map = map;
    this.size = size;
    this.origin = origin;
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
      BlockRun run = run(at / blockBytes);
      int count = (int) Math.min(length - filled, bytesTo(run.end()) - at);
      if (run.isData()) {
        long skipped = at - run.start() * blockBytes;
        blocks.read(run.block(), skipped, into, offset + filled, count);
      } else {
        Arrays.fill(into, offset + filled, offset + filled + count, (byte) 0);
      }
      filled += count;
    }
  }

  @Override
  public long transfer(long position, long length, WritableByteChannel target) throws IOException {
    checkRange(position, length);
    BlockRun run = run(position / blocks.blockBytes());
    long count = Math.min(length, bytesTo(run.end()) - position);
    if (!run.isData()) {
      return ByteSource.super.transfer(position, count, target);
    }
    long skipped = position - run.start() * blocks.blockBytes();
    return blocks.transfer(run.block(), skipped, count, target);
  }

  @Override
  public long nextData(long position) {
    return next(position, true);
  }

  @Override
  public long nextHole(long position) {
    return next(position, false);
  }

  @Override
  public Extent extentAt(long position) throws IOException {
    BlockRun run = run(position / blocks.blockBytes());
    long length = bytesTo(run.end()) - position;
    if (!run.isData()) {
      return new Extent(origin, position, length);
    }
    return blocks.extentAt(run.block(), position - run.start() * blocks.blockBytes(), length);
  }

  /** Where the map is damaged nothing is known to be a hole. */
  private long next(long position, boolean data) {
    long at = position;
    while (at < size) {
      BlockRun run;
      try {
        run = run(at / blocks.blockBytes());
      } catch (IOException e) {
        return data ? at : size;
      }
      if (run.isData() == data) {
        return at;
      }
      at = bytesTo(run.end());
    }
    return size;
  }

  private BlockRun run(long fileBlock) throws IOException {
    BlockRun known = last;
    if (known != null && known.holds(fileBlock)) {
      return known;
    }
    BlockRun found = map.runAt(fileBlock);
    last = found;
    return found;
  }

  /** The position where a block begins, or the content's end. */
  private long bytesTo(long fileBlock) {
    return fileBlock > size / blocks.blockBytes() ? size : fileBlock * blocks.blockBytes();
  }
}
