package drydock.fs.tar;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an archive, one after the other, each with its content. For one thread. Holds one
 * entry; what stands before a header (names, records) may take {@value #MAX_SPECIAL} bytes, as in
 * Go's reader, and content is read piece by piece.
 */
public final class TarEntries {
  private static final int MAX_SPECIAL = 1 << 20;
  private static final int PERMISSIONS = 0xfff;
  private static final char SPARSE = 'S';

  /** The largest sparse file in a stream: a few bytes of it may make years of zeros. */
  private static final long MAX_STREAMED = 64L << 30;

  private final InputStream in;
  private final boolean canSkip;
  private final Origin origin;
  private final byte[] block = new byte[TarHeader.BYTES];
  private final Content content = new Content();
  private long position;
  private long at;
  private boolean cut;
  private boolean sawEnd;
  private long left;
  private long padding;

  /**
   * @param in the archive unpacked; not closed here
   * @param origin for errors
   */
  public TarEntries(InputStream in, Origin origin) {
    this(in, false, origin);
  }

  /** From a header of an archive on; content that nobody asks for is not read. */
  TarEntries(ByteSource archive, long from) throws IOException {
    this(new SourceStream(archive), true, archive.origin());
    position = from;
    if (in.skip(from) < from) {
      throw new EOFException(origin + ": the archive ends before " + from);
    }
  }

  private TarEntries(InputStream in, boolean canSkip, Origin origin) {
    this.in = in;
    this.canSkip = canSkip;
    this.origin = origin;
  }

  /** What may stand before a header and says more than it can. */
  private static final class Before {
    byte @Nullable [] name;
    byte @Nullable [] target;
    PaxRecords pax = PaxRecords.NONE;
  }

  /**
   * The next entry; empty at the end of the archive. What is left of the content of the one before
   * is passed over.
   *
   * @throws CorruptDataException when what stands there is no entry
   * @throws UnsupportedFormatException when it is one of a kind that is not read
   */
  public Optional<TarEntry> next() throws IOException {
    Before before = new Before();
    while (true) {
      skip(left + padding);
      left = 0;
      padding = 0;
      at = position;
      if (!readBlock()) {
        return Optional.empty();
      }
      TarHeader header = TarHeader.decode(block, origin, at);
      switch (header.type()) {
        case 'x' -> before.pax = PaxRecords.decode(special(header), origin, position);
        case 'L' -> before.name = untilZero(special(header));
        case 'K' -> before.target = untilZero(special(header));
        default -> {
          return Optional.of(entry(header, before, at));
        }
      }
    }
  }

  /** Where the header lies that {@link #next} read last, or stopped at. */
  long at() {
    return at;
  }

  /** How far the archive was read. */
  long position() {
    return position;
  }

  /** Whether the archive turned out to be too short for what it holds. */
  boolean isCut() {
    return cut;
  }

  /** Whether the blocks of zeros were seen that end an archive. */
  boolean sawEnd() {
    return sawEnd;
  }

  /** The content of the entry that {@link #next} gave last. */
  public InputStream content() {
    return content;
  }

  /** A header; false at the end: where nothing more comes, or two blocks of zeros. */
  private boolean readBlock() throws IOException {
    int count = in.readNBytes(block, 0, block.length);
    position += count;
    if (count > 0 && count < block.length) {
      throw cut("the archive ends inside a header");
    }
    if (count == 0 || !isZero()) {
      return count > 0;
    }
    count = in.readNBytes(block, 0, block.length);
    position += count;
    if (count == block.length && !isZero()) {
      throw new CorruptDataException(origin, position - count, "a header behind a block of zeros");
    }
    sawEnd = true;
    return false;
  }

  private CorruptDataException cut(String what) {
    cut = true;
    return new CorruptDataException(origin, position, what);
  }

  private boolean isZero() {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private byte[] special(TarHeader header) throws IOException {
    if (header.size() < 0 || header.size() > MAX_SPECIAL) {
      throw new CorruptDataException(
          origin,
          position,
          "a tar header's long name or records are too long",
          Long.toString(header.size()),
          "at most " + MAX_SPECIAL);
    }
    open(header.size());
    content.begin(null);
    byte[] bytes = new byte[(int) header.size()];
    if (content.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw cut("the archive ends inside a long name or records");
    }
    return bytes;
  }

  private TarEntry entry(TarHeader header, Before before, long at) throws IOException {
    PaxRecords pax = before.pax;
    byte[] path =
        first(pax.sparseName(), before.name, first(pax.bytes("path"), null, header.name()));
    TarKind kind = kind(header, path, at);
    long size = pax.number("size", header.size(), origin, at);
    boolean hasContent = kind == TarKind.FILE || kind == TarKind.GLOBAL;
    if (hasContent && size < 0) {
      throw new CorruptDataException(origin, at, "a tar entry of " + size + " bytes");
    }
    if (kind == TarKind.FILE && pax.isSparse() && !pax.isKnownSparse()) {
      throw unsupported(header, "a sparse file of another version", at);
    }
    SparseMap old = header.type() == SPARSE ? oldMap() : null;
    open(hasContent ? size : 0);
    SparseMap map = old == null && kind == TarKind.FILE && pax.isSparse() ? paxMap(pax) : old;
    if (map != null && map.stored() != left) {
      throw new CorruptDataException(
          origin,
          at,
          "a sparse file's map does not fit its content",
          map.stored() + " bytes",
          left + " bytes");
    }
    if (map != null && !canSkip && map.size() > MAX_STREAMED) {
      throw unsupported(header, "a sparse file of " + map.size() + " bytes", at);
    }
    content.begin(map);
    return new TarEntry(
        path,
        kind,
        (int) header.mode() & PERMISSIONS,
        pax.number("uid", header.uid(), origin, at),
        pax.number("gid", header.gid(), origin, at),
        map != null ? map.size() : hasContent ? size : 0,
        pax.time("mtime", header.modifiedTime(), origin, at),
        first(before.target, pax.bytes("linkpath"), header.target()),
        header.device(),
        pax.attributes(),
        at,
        position,
        map,
        pax.time("atime", origin, at),
        pax.time("ctime", origin, at));
  }

  private SparseMap oldMap() throws IOException {
    return new SparseReader(origin, at)
        .old(
            block.clone(),
            () -> {
              byte[] next = in.readNBytes(TarHeader.BYTES);
              position += next.length;
              return next.length < TarHeader.BYTES ? null : next;
            });
  }

  private SparseMap paxMap(PaxRecords pax) throws IOException {
    content.begin(null);
    return pax.sparse(
        new SparseReader(origin, at),
        () -> {
          byte[] next = content.readNBytes(TarHeader.BYTES);
          return next.length < TarHeader.BYTES ? null : next;
        },
        origin,
        at);
  }

  private TarKind kind(TarHeader header, byte[] path, long at) throws IOException {
    return switch (header.type()) {
      case SPARSE -> {
        // star has the letter, too, and means another form
        if (!TarHeader.isGnu(block)) {
          throw unsupported(header, "a sparse file that is not GNU's", at);
        }
        yield TarKind.FILE;
      }
      // Before ustar a slash at the end of the name said that it is a directory.
      case '0' ->
          path.length > 0 && path[path.length - 1] == '/' && block[TarHeader.TYPE] == 0
              ? TarKind.DIRECTORY
              : TarKind.FILE;
      case '1' -> TarKind.LINK;
      case '2' -> TarKind.SYMLINK;
      case '3' -> TarKind.CHARACTER;
      case '4' -> TarKind.BLOCK;
      case '5' -> TarKind.DIRECTORY;
      case '6' -> TarKind.FIFO;
      case 'g' -> TarKind.GLOBAL;
      default -> throw unsupported(header, "an entry of type '" + header.type() + "'", at);
    };
  }

  /** The error; the next entry is then the one behind it. */
  private UnsupportedFormatException unsupported(TarHeader header, String what, long at) {
    open(Math.max(0, header.size()));
    return new UnsupportedFormatException(origin, what + " in a tar archive at " + at);
  }

  private static byte[] first(byte @Nullable [] one, byte @Nullable [] other, byte[] last) {
    if (one != null && one.length > 0) {
      return one;
    }
    return other != null ? other : last;
  }

  private static byte[] untilZero(byte[] raw) {
    int end = 0;
    while (end < raw.length && raw[end] != 0) {
      end++;
    }
    return Arrays.copyOf(raw, end);
  }

  private void open(long size) {
    left = size;
    padding = -size & TarHeader.BYTES - 1;
  }

  private void skip(long count) throws IOException {
    long todo = count;
    byte[] buffer = todo == 0 || canSkip ? block : new byte[(int) Math.min(1 << 16, todo)];
    while (todo > 0) {
      long read = canSkip ? in.skip(todo) : in.read(buffer, 0, (int) Math.min(buffer.length, todo));
      if (read <= 0) {
        // Padding after the last entry is often left out.
        if (todo <= padding) {
          return;
        }
        throw cut("the archive ends inside an entry");
      }
      position += read;
      todo -= read;
    }
  }

  /** What is left of the current entry, holes filled in. */
  private final class Content extends InputStream {
    private @Nullable SparseMap map;
    private long reached;

    void begin(@Nullable SparseMap itsMap) {
      map = itsMap;
      reached = 0;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (map == null) {
        return stored(into, from, length);
      }
      if (length == 0 || reached >= map.size()) {
        return length == 0 ? 0 : -1;
      }
      long run = map.run(reached);
      int count = (int) Math.min(Math.abs(run), length);
      if (run > 0) {
        count = stored(into, from, count);
      } else {
        Arrays.fill(into, from, from + count, (byte) 0);
      }
      reached += Math.max(0, count);
      return count;
    }

    private int stored(byte[] into, int from, int length) throws IOException {
      if (left == 0 || length == 0) {
        return length == 0 ? 0 : -1;
      }
      int count = in.read(into, from, (int) Math.min(length, left));
      if (count < 0) {
        throw cut("the archive ends inside an entry");
      }
      left -= count;
      position += count;
      return count;
    }
  }
}
