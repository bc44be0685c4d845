package drydock.export.ext4;

import drydock.export.TreeSink.Data;
import java.io.IOException;
import java.util.List;

/**
 * Puts the data of one file in its blocks, as it comes. What lies behind the largest file that ext4
 * has is taken and dropped. Not safe from several threads.
 */
final class FileWriter {
  private final ImageFile image;
  private final List<Data> data;
  private final BlockRuns runs;
  private final long end;
  private long runBlock;
  private int run;
  private int piece;
  private long doneOfPiece;

  /**
   * A writer of a file.
   *
   * @param firstBlock where its first run of blocks lies
   * @param end behind which nothing is kept
   */
  FileWriter(ImageFile image, List<Data> data, BlockRuns runs, long firstBlock, long end) {
    this.image = image;
    this.data = data;
    this.runs = runs;
    this.runBlock = firstBlock;
    this.end = end;
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    int taken = 0;
    while (taken < length) {
      if (piece == data.size()) {
        throw new IllegalStateException("more than the file's data");
      }
      Data each = data.get(piece);
      int count = (int) Math.min(length - taken, each.length() - doneOfPiece);
      long position = each.position() + doneOfPiece;
      if (position < end) {
        put(position, bytes, offset + taken, (int) Math.min(count, end - position));
      }
      taken += count;
      doneOfPiece += count;
      if (doneOfPiece == each.length()) {
        piece++;
        doneOfPiece = 0;
      }
    }
  }

  /** A piece of data lies in one run. */
  private void put(long position, byte[] bytes, int offset, int length) throws IOException {
    long block = position / ImageFile.BLOCK_BYTES;
    while (block >= runs.end(run)) {
      runBlock += runs.length(run++);
    }
    long place = (runBlock + block - runs.first(run)) * ImageFile.BLOCK_BYTES;
    image.put(place + position % ImageFile.BLOCK_BYTES, bytes, offset, length);
  }

  /** That everything came. */
  void finish() {
    if (piece != data.size()) {
      throw new IllegalStateException("less than the file's data");
    }
  }
}
