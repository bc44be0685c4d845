package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import java.io.IOException;
import java.util.Arrays;

/** A range of a process's memory as bytes: what is zero or not known reads as zeros. */
record SpaceSource(AddressSpace space, long start, long size, Origin origin) implements ByteSource {
  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, length);
    int done = 0;
    while (done < length) {
      Piece piece = space.at(start + position + done).atMost(length - done);
      int step = (int) piece.length();
      if (piece.source() == null) {
        Arrays.fill(into, offset + done, offset + done + step, (byte) 0);
      } else {
        piece.source().read(piece.position(), into, offset + done, step);
      }
      done += step;
    }
  }

  @Override
  public long nextData(long position) {
    long at = position;
    while (at < size) {
      Piece piece = space.at(start + at);
      if (piece.source() != null) {
        return at;
      }
      at += Math.min(piece.length(), size - at);
    }
    return size;
  }

  @Override
  public long nextHole(long position) {
    long at = position;
    while (at < size) {
      Piece piece = space.at(start + at);
      if (piece.source() == null) {
        return at;
      }
      at += Math.min(piece.length(), size - at);
    }
    return size;
  }

  @Override
  public Extent extentAt(long position) throws IOException {
    Piece piece = space.at(start + position).atMost(size - position);
    if (piece.source() == null) {
      return new Extent(origin, position, piece.length());
    }
    Extent there = piece.source().extentAt(piece.position());
    return new Extent(there.origin(), there.offset(), Math.min(there.length(), piece.length()));
  }
}
