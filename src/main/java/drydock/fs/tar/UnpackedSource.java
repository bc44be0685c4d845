package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a packed source unpacks to, as a window. Safe from many threads.
 *
 * <p>Unpacks in pieces of {@value #PIECE_BYTES} bytes and keeps the {@value #MAX_PIECES} that were
 * used last while there is room for them (an image has many archives, each with pieces of its own),
 * so that what is small is unpacked once. A read in front of the last one goes on from there; one
 * behind it, of what is not kept any more, begins anew. Nothing goes to a disk. The size is known,
 * and costs a pass, when it is asked for.
 *
 * <p>Damage ends the source where it lies and is a finding. So does what unpacks to more than
 * {@value #MAX_RATIO} times its size and {@value #FREE_BYTES} bytes: an archive that is made to
 * take for ever. Who wants to read such a one unpacks it first.
 */
final class UnpackedSource implements ByteSource {
  private static final int PIECE_BYTES = 1 << 20;
  private static final int MAX_PIECES = 32;
  private static final int MAX_RATIO = 250;
  private static final long FREE_BYTES = 1L << 30;
  private static final long UNKNOWN = -1;

  private final ByteSource packed;
  private final Origin origin;
  private final FindingLog log;
  private final Map<Long, SoftReference<byte[]>> pieces =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SoftReference<byte[]>> eldest) {
          return size() > MAX_PIECES;
        }
      };
  private @Nullable InputStream stream;

  /** The number of the piece that the stream gives next. */
  private long next;

  private long reached;
  private long size = UNKNOWN;

  private UnpackedSource(ByteSource packed, Origin origin, FindingLog log) {
    this.packed = packed;
    this.origin = origin;
    this.log = log;
  }

  /** What the source unpacks to, with the same origin; the source itself when it is not packed. */
  static ByteSource of(ByteSource source, FindingLog log) throws IOException {
    return Compression.of(source) == Compression.NONE
        ? source
        : new UnpackedSource(source, source.origin(), log);
  }

  @Override
  public synchronized long size() {
    while (size == UNKNOWN) {
      piece(Math.max(next, reached / PIECE_BYTES + 1));
    }
    return size;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public void checkRange(long position, long length) throws EOFException {
    if (position < 0 || length < 0 || position > reached() || length > reached() - position) {
      ByteSource.super.checkRange(position, length);
    }
  }

  private synchronized long reached() {
    return reached;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    checkRange(position, 0);
    if (readUpTo(position, into, offset, length) < length) {
      checkRange(position, length);
    }
  }

  @Override
  public int readUpTo(long position, byte[] into, int offset, int length) {
    int filled = 0;
    while (filled < length) {
      long at = position + filled;
      byte[] piece = piece(at / PIECE_BYTES);
      int from = (int) (at % PIECE_BYTES);
      int count = Math.min(length - filled, piece.length - from);
      if (count <= 0) {
        break;
      }
      System.arraycopy(piece, from, into, offset + filled, count);
      filled += count;
    }
    return filled;
  }

  /** A piece; a short or an empty one at and behind the end. */
  private synchronized byte[] piece(long index) {
    SoftReference<byte[]> kept = pieces.get(index);
    byte[] piece = kept == null ? null : kept.get();
    if (piece != null) {
      return piece;
    }
    if (size != UNKNOWN && index > size / PIECE_BYTES) {
      return new byte[0];
    }
    if (stream == null || next > index) {
      begin();
    }
    do {
      piece = unpack();
    } while (next <= index && piece.length == PIECE_BYTES);
    return next == index + 1 ? piece : new byte[0];
  }

  private void begin() {
    try {
      if (stream != null) {
        stream.close();
      }
      stream = Compression.open(packed);
    } catch (IOException e) {
      log.add(e, origin);
      stream = InputStream.nullInputStream();
    }
    next = 0;
  }

  private byte[] unpack() {
    long start = next * PIECE_BYTES;
    byte[] piece = new byte[PIECE_BYTES];
    int count = 0;
    try {
      refuseBomb(start);
      int read = 0;
      while (read >= 0 && count < PIECE_BYTES) {
        count += read;
        read = stream == null ? -1 : stream.read(piece, count, PIECE_BYTES - count);
      }
    } catch (IOException e) {
      log.add(e, origin);
    }
    byte[] unpacked = count < PIECE_BYTES ? Arrays.copyOf(piece, count) : piece;
    pieces.put(next++, new SoftReference<>(unpacked));
    reached = Math.max(reached, start + count);
    if (count < PIECE_BYTES) {
      size = start + count;
    }
    return unpacked;
  }

  private void refuseBomb(long position) throws CorruptDataException {
    if (position >= FREE_BYTES && position / MAX_RATIO > packed.size()) {
      throw new CorruptDataException(
          origin,
          position,
          "unpacks to more than " + MAX_RATIO + " times its size; the rest is not read",
          packed.size() + " bytes packed",
          "a file that is unpacked before, if this is no trap");
    }
  }
}
