package drydock.bytes;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A window on bytes, read by absolute position: a disk, a partition, a file, a value.
 *
 * <p>There is no cursor; all methods are safe from many threads at once. Holes read as zeros.
 * Positions and sizes are in bytes. Only the {@code OpenDisk} that opened the evidence files is
 * closeable, and what was made from it must not be used after that.
 */
public interface ByteSource {
  /**
   * The largest array that {@link #bytes} hands out: evidence never decides how much we allocate.
   */
  int MAX_ARRAY = 64 << 20;

  /** What {@link #transfer} writes at a time where it must go through the heap. */
  int TRANSFERRED_AT_ONCE = 256 << 10;

  long size();

  Origin origin();

  /**
   * Fills {@code length} bytes of {@code into} from {@code offset} on, or throws.
   *
   * @throws EOFException when the range is not wholly inside {@code [0, size())}
   * @throws CorruptDataException when the container format that holds the bytes is damaged there
   */
  void read(long position, byte[] into, int offset, int length) throws IOException;

  /**
   * Reads as much as there is, for what goes through a source whose size may be costly to know:
   * fewer than {@code length} bytes, or none, only where the source ends.
   */
  default int readUpTo(long position, byte[] into, int offset, int length) throws IOException {
    int count = (int) Math.max(0, Math.min(length, size() - position));
    if (count > 0) {
      read(position, into, offset, count);
    }
    return count;
  }

  /**
   * The first position at or after {@code position} that may hold data; {@link #size()} if none.
   */
  default long nextData(long position) {
    return Math.min(position, size());
  }

  /**
   * The first position at or after {@code position} that is in a known hole; {@link #size()} if
   * none.
   */
  default long nextHole(long position) {
    return size();
  }

  /**
   * Where the byte at a position lies, looked up as far as sources lie in one another. Of a hole it
   * means nothing.
   */
  default Extent extentAt(long position) throws IOException {
    return new Extent(origin(), position, size() - position);
  }

  /**
   * Writes bytes to a channel: not by way of the heap where they lie in a file as they are.
   *
   * @return how many: at least one of the {@code length}, which is more than 0
   * @throws EOFException when the range is not wholly inside {@code [0, size())}
   */
  default long transfer(long position, long length, WritableByteChannel target) throws IOException {
    byte[] piece = new byte[(int) Math.min(length, TRANSFERRED_AT_ONCE)];
    read(position, piece, 0, piece.length);
    ByteBuffer left = ByteBuffer.wrap(piece);
    while (left.hasRemaining()) {
      target.write(left);
    }
    return piece.length;
  }

  /**
   * The bytes of a range; the range and {@link #MAX_ARRAY} are checked before anything is
   * allocated.
   */
  default byte[] bytes(long position, int length) throws IOException {
    checkRange(position, length);
    if (length > MAX_ARRAY) {
      throw new CorruptDataException(
          origin(),
          position,
          "a piece too large to be read at once",
          length + " bytes",
          "at most " + MAX_ARRAY);
    }
    byte[] bytes = new byte[length];
    read(position, bytes, 0, length);
    return bytes;
  }

  /** All bytes, when there are at most {@code limit} of them. */
  default byte[] allBytes(int limit) throws IOException {
    if (size() > limit) {
      throw new CorruptDataException(
          origin(), 0, "too large", size() + " bytes", "at most " + limit);
    }
    return bytes(0, (int) size());
  }

  /**
   * A window on a part of this one, named by a label.
   *
   * @throws EOFException when the range is not wholly inside {@code [0, size())}
   */
  default ByteSource slice(String label, long from, long length) throws IOException {
    return slice(origin().child(label), from, length);
  }

  /** A window on a part of this one with an origin of its own. */
  default ByteSource slice(Origin origin, long from, long length) throws IOException {
    checkRange(from, length);
    return new SliceSource(this, origin, from, length);
  }

  /** Throws {@link EOFException} unless {@code length} bytes at {@code position} are inside. */
  default void checkRange(long position, long length) throws EOFException {
    if (position < 0 || length < 0 || position > size() || length > size() - position) {
      throw new EOFException(
          origin()
              + ": "
              + length
              + " bytes at "
              + position
              + " are beyond the end ("
              + size()
              + " bytes)");
    }
  }
}
