package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.Arrays;

/**
 * Where the stored pieces of a sparse file belong in it; all between them is zeros. Pieces are in
 * the order of the file, do not overlap and lie inside of it. Immutable.
 */
public final class SparseMap {
  /** More pieces than any file of 512 TiB has: a map must fit in memory. */
  private static final int MAX_PIECES = 1 << 20;

  private final long[] starts;

  /** Behind how many stored bytes each piece lies, and at last how many there are. */
  private final long[] stored;

  private final long size;

  private SparseMap(long[] starts, long[] stored, long size) {
    this.starts = starts;
    this.stored = stored;
    this.size = size;
  }

  /** Collects pieces. */
  static final class Builder {
    private final Origin origin;
    private final long at;
    private long[] starts = new long[16];
    private long[] stored = new long[17];
    private int count;
    private long end;

    /**
     * @param at the header that tells of the file, for errors
     */
    Builder(Origin origin, long at) {
      this.origin = origin;
      this.at = at;
    }

    /** A piece of the file. */
    Builder add(long start, long length) throws CorruptDataException {
      if (start < end || length < 0 || start > Long.MAX_VALUE - length) {
        throw fault(start + "+" + length, "pieces in their order, none over another");
      }
      if (count >= MAX_PIECES) {
        throw fault("more", "at most " + MAX_PIECES + " pieces");
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, 2 * count);
        stored = Arrays.copyOf(stored, 2 * count + 1);
      }
      starts[count] = start;
      stored[count + 1] = stored[count] + length;
      count++;
      end = start + length;
      return this;
    }

    SparseMap of(long size) throws CorruptDataException {
      if (size < end) {
        throw fault("a file of " + size + " bytes", "at least " + end);
      }
      return new SparseMap(Arrays.copyOf(starts, count), Arrays.copyOf(stored, count + 1), size);
    }

    CorruptDataException fault(String found, String expected) {
      return new CorruptDataException(
          origin, at, "the map of a sparse file in a tar archive", found, expected);
    }
  }

  /** The file's size, holes and all. */
  long size() {
    return size;
  }

  /** How many bytes of it are stored. */
  long stored() {
    return stored[starts.length];
  }

  /** What the map takes of the memory. */
  long bytes() {
    return 2L * Long.BYTES * starts.length;
  }

  /** The file, made of its stored pieces, which lie one behind the other. */
  ByteSource over(ByteSource pieces) {
    return new Sparse(this, pieces);
  }

  /** How many bytes are stored from a position on without a hole; less than 0: so long a hole. */
  long run(long position) {
    int piece = pieceAt(position);
    long data = piece < 0 ? 0 : starts[piece] + length(piece) - position;
    if (data > 0) {
      return data;
    }
    return position - (piece + 1 < starts.length ? starts[piece + 1] : size);
  }

  /** Where among the stored bytes the one of a position is, which is in no hole. */
  private long storedAt(long position) {
    int piece = pieceAt(position);
    return stored[piece] + position - starts[piece];
  }

  private int pieceAt(long position) {
    int found = Arrays.binarySearch(starts, position);
    if (found < 0) {
      return -found - 2;
    }
    // of pieces that begin at one place all but the last are empty
    while (found + 1 < starts.length && starts[found + 1] == position) {
      found++;
    }
    return found;
  }

  private long length(int piece) {
    return stored[piece + 1] - stored[piece];
  }

  private record Sparse(SparseMap map, ByteSource pieces) implements ByteSource {
    @Override
    public long size() {
      return map.size;
    }

    @Override
    public Origin origin() {
      return pieces.origin();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
      checkRange(position, length);
      int filled = 0;
      while (filled < length) {
        long at = position + filled;
        long run = map.run(at);
        int count = (int) Math.min(Math.abs(run), length - filled);
        if (run > 0) {
          pieces.read(map.storedAt(at), into, offset + filled, count);
        } else {
          Arrays.fill(into, offset + filled, offset + filled + count, (byte) 0);
        }
        filled += count;
      }
    }

    @Override
    public long nextData(long position) {
      long at = position;
      while (at < map.size && map.run(at) <= 0) {
        at -= map.run(at);
      }
      return Math.min(at, map.size);
    }

    @Override
    public long nextHole(long position) {
      long at = position;
      while (at < map.size && map.run(at) > 0) {
        at += map.run(at);
      }
      return Math.min(at, map.size);
    }
  }
}
