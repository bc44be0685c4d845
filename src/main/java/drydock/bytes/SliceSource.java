package drydock.bytes;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A part of another source. */
record SliceSource(ByteSource whole, Origin origin, long from, long size) implements ByteSource {
  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    whole.read(from + position, into, offset, length);
  }

  @Override
  public long transfer(long position, long length, WritableByteChannel target) throws IOException {
    checkRange(position, length);
    return whole.transfer(from + position, length, target);
  }

  @Override
  public Extent extentAt(long position) throws IOException {
    Extent there = whole.extentAt(from + position);
    return new Extent(there.origin(), there.offset(), Math.min(there.length(), size - position));
  }

  @Override
  public long nextData(long position) {
    return position >= size ? size : Math.min(size, whole.nextData(from + position) - from);
  }

  @Override
  public long nextHole(long position) {
    return position >= size ? size : Math.min(size, whole.nextHole(from + position) - from);
  }
}
