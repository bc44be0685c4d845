package drydock.fs.ext4.journal;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file system with the blocks of its metadata as they were after an earlier transaction. */
final class PastSource implements ByteSource {
  private final ByteSource now;
  private final OldCopies copies;
  private final int blockBytes;
  private final int sequence;

  PastSource(ByteSource now, OldCopies copies, int blockBytes, int sequence) {
    this.now = now;
    this.copies = copies;
    this.blockBytes = blockBytes;
    this.sequence = sequence;
  }

  @Override
  public long size() {
    return now.size();
  }

  @Override
  public Origin origin() {
    return now.origin();
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    int done = 0;
    while (done < length) {
      long at = position + done;
      int from = (int) (at % blockBytes);
      int count = Math.min(length - done, blockBytes - from);
      OldCopies.Copy copy = newest(at / blockBytes);
      if (copy == null) {
        now.read(at, into, offset + done, count);
      } else {
        copies.read(copy, from, into, offset + done, count);
      }
      done += count;
    }
  }

  private OldCopies.@Nullable Copy newest(long block) {
    for (OldCopies.Copy each : copies.of(block)) {
      if (copies.isUpTo(each.sequence(), sequence)) {
        return each;
      }
    }
    return null;
  }
}
