package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import drydock.fs.HashAlgorithm;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A source that is digested from its start on while it is read, so that what is read forwards
 * anyway is not read a second time for its digest: what a read leaves out is read before it. Safe
 * from many threads.
 */
final class MeasuredSource implements ByteSource {
  private static final int PIECE_BYTES = 1 << 20;

  private final ByteSource source;
  private @Nullable MessageDigest digest = HashAlgorithm.SHA256.start();

  /** Up to where the digest goes. */
  private long measured;

  private volatile @Nullable String result;

  MeasuredSource(ByteSource source) {
    this.source = source;
  }

  /** The SHA-256 of all of it, as lower-case hex; reads what was not read yet. */
  synchronized String sha256() throws IOException {
    String known = result;
    if (known == null) {
      measure(Long.MAX_VALUE);
      known = digest == null ? "" : HexFormat.of().formatHex(digest.digest());
      digest = null;
      result = known;
    }
    return known;
  }

  private void measure(long end) throws IOException {
    byte[] piece = new byte[0];
    while (measured < end) {
      int wanted = (int) Math.min(PIECE_BYTES, end - measured);
      piece = piece.length < wanted ? new byte[wanted] : piece;
      int count = source.readUpTo(measured, piece, 0, wanted);
      take(measured, piece, 0, count);
      if (count < wanted) {
        return;
      }
    }
  }

  private void take(long position, byte[] bytes, int offset, int count) {
    long known = measured - position;
    if (digest != null && known >= 0 && known < count) {
      digest.update(bytes, offset + (int) known, count - (int) known);
      measured = position + count;
    }
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public Origin origin() {
    return source.origin();
  }

  @Override
  public void checkRange(long position, long length) throws EOFException {
    source.checkRange(position, length);
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    if (readUpTo(position, into, offset, length) < length) {
      checkRange(position, length);
    }
  }

  @Override
  public int readUpTo(long position, byte[] into, int offset, int length) throws IOException {
    return result == null
        ? measuredRead(position, into, offset, length)
        : source.readUpTo(position, into, offset, length);
  }

  private synchronized int measuredRead(long position, byte[] into, int offset, int length)
      throws IOException {
    if (result == null) {
      measure(position);
    }
    int count = source.readUpTo(position, into, offset, length);
    take(position, into, offset, count);
    return count;
  }

  @Override
  public long nextData(long position) {
    return source.nextData(position);
  }

  @Override
  public long nextHole(long position) {
    return source.nextHole(position);
  }

  @Override
  public Extent extentAt(long position) throws IOException {
    return source.extentAt(position);
  }

  @Override
  public long transfer(long position, long length, WritableByteChannel target) throws IOException {
    return source.transfer(position, length, target);
  }
}
