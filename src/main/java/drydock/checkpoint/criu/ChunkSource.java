package drydock.checkpoint.criu;

import drydock.bytes.ByteSource;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Bytes of which pieces are known; what lies between them is zeros. Safe from many threads.
 *
 * @param chunks by where they begin; they do not overlap, and end before {@code size}
 */
record ChunkSource(long size, NavigableMap<Long, ByteSource> chunks, Origin origin)
    implements ByteSource {
  ChunkSource {
    chunks = new TreeMap<>(chunks);
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    Arrays.fill(into, offset, offset + length, (byte) 0);
    long end = position + length;
    Long first = chunks.floorKey(position);
    for (Map.Entry<Long, ByteSource> each :
        chunks.tailMap(first == null ? position : first, true).entrySet()) {
      if (each.getKey() >= end) {
        return;
      }
      long from = Math.max(position, each.getKey());
      long to = Math.min(end, each.getKey() + each.getValue().size());
      if (from < to) {
        int at = offset + (int) (from - position);
        each.getValue().read(from - each.getKey(), into, at, (int) (to - from));
      }
    }
  }

  @Override
  public long nextData(long position) {
    Map.Entry<Long, ByteSource> before = chunks.floorEntry(position);
    if (before != null && before.getKey() + before.getValue().size() > position) {
      return position;
    }
    Long next = chunks.ceilingKey(position);
    return next == null ? size : next;
  }

  @Override
  public long nextHole(long position) {
    long at = position;
    Map.Entry<Long, ByteSource> chunk = chunks.floorEntry(at);
    while (chunk != null && chunk.getKey() + chunk.getValue().size() > at) {
      at = chunk.getKey() + chunk.getValue().size();
      chunk = chunks.floorEntry(at);
    }
    return Math.min(at, size);
  }
}
