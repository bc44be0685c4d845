package drydock.export;

import drydock.bytes.ByteSource;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Extent;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file's content as it is taken out: where its data are, and its bytes with zeros for what cannot
 * be read. For one thread at a time.
 */
final class Content {
  /** More stretches than these are put together where what is between them is small. */
  private static final int MOST_STRETCHES = 1 << 20;

  private static final long SMALL_HOLE = 64 << 10;
  private static final int MOST_PIECES = 100_000;

  /** How many findings one file may make. */
  private static final int MOST_FINDINGS = 16;

  /** What is read at a time where larger pieces cannot be. */
  private static final int SMALLEST_READ = 4096;

  private final @Nullable ByteSource source;
  private final long size;
  private final FindingLog log;
  private final List<TreeSink.Data> data = new ArrayList<>();
  private final List<TreeSink.Data> unread = new ArrayList<>();
  private final List<Exported.Piece> pieces = new ArrayList<>();
  private TreeSink.@Nullable Data tail;
  private long piecesLeftOut;
  private long bytes;
  private int findings;

  private Content(@Nullable ByteSource source, long size, FindingLog log) {
    this.source = source;
    this.size = size;
    this.log = log;
  }

  /** Of what has none. */
  static Content none(FindingLog log) {
    return new Content(null, 0, log);
  }

  /**
   * Looks where the content of a file is.
   *
   * @param most files with more data than that have none: the evidence is not as large
   */
  static Content of(Node node, FileMeta meta, long most, FindingLog log) throws IOException {
    if (!meta.isFile() || meta.size() <= 0) {
      return none(log);
    }
    ByteSource source = null;
    try {
      source = node.content();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      log.add(e, node.origin());
    }
    Content content = new Content(source, meta.size(), log);
    if (source == null) {
      content.tail = new TreeSink.Data(0, meta.size());
      return content;
    }
    content.look(source, node.origin(), most);
    return content;
  }

  private void look(ByteSource from, Origin origin, long most) throws IOException {
    long there = Math.min(size, from.size());
    if (!stretches(from, there, 1) && !stretches(from, there, SMALL_HOLE)) {
      refuse(origin, "its data lie in more pieces than can be kept apart");
    } else if (bytes > most) {
      refuse(origin, "it has " + bytes + " bytes of data, more than the evidence has");
    } else if (there < size) {
      tail = new TreeSink.Data(there, size - there);
    }
    for (TreeSink.Data each : data) {
      places(from, each);
    }
  }

  private void refuse(Origin origin, String why) {
    log.add(Finding.damage(origin, 0, "no content is taken from this file: " + why));
    data.clear();
    bytes = 0;
    tail = new TreeSink.Data(0, size);
  }

  /** Collects data with no hole of at least so many bytes in it; false when it is too much. */
  private boolean stretches(ByteSource from, long end, long smallestHole) {
    data.clear();
    bytes = 0;
    long start = from.nextData(0);
    while (start < end) {
      long stop = from.nextHole(start);
      long next = end;
      while (stop < end && (next = from.nextData(stop)) < end && next - stop < smallestHole) {
        stop = from.nextHole(next);
      }
      stop = stop <= start ? end : Math.min(stop, end);
      if (data.size() >= MOST_STRETCHES) {
        return false;
      }
      data.add(new TreeSink.Data(start, stop - start));
      bytes += stop - start;
      start = stop >= end ? end : next;
    }
    return true;
  }

  private void places(ByteSource from, TreeSink.Data stretch) {
    long at = stretch.position();
    while (at < stretch.end()) {
      Extent place;
      try {
        place = from.extentAt(at);
      } catch (IOException e) {
        return; // who reads it there tells
      }
      if (place.length() <= 0) {
        return;
      }
      long length = Math.min(place.length(), stretch.end() - at);
      add(new Exported.Piece(at, new Extent(place.origin(), place.offset(), length)));
      at += length;
    }
  }

  /** Pieces that touch each other both in the file and on the disk are one. */
  private void add(Exported.Piece piece) {
    Exported.Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
    if (last != null
        && last.position() + last.place().length() == piece.position()
        && last.place().offset() + last.place().length() == piece.place().offset()
        && last.place().origin().equals(piece.place().origin())) {
      long length = last.place().length() + piece.place().length();
      Extent whole = new Extent(last.place().origin(), last.place().offset(), length);
      pieces.set(pieces.size() - 1, new Exported.Piece(last.position(), whole));
    } else if (pieces.size() < MOST_PIECES) {
      pieces.add(piece);
    } else {
      piecesLeftOut++;
    }
  }

  /** The file's size. */
  long size() {
    return size;
  }

  /** How many bytes are no hole. */
  long bytes() {
    return bytes;
  }

  List<TreeSink.Data> data() {
    return data;
  }

  List<TreeSink.Data> unread() {
    List<TreeSink.Data> all = new ArrayList<>(unread);
    if (tail != null) {
      all.add(tail);
    }
    return List.copyOf(all);
  }

  List<Exported.Piece> pieces() {
    return List.copyOf(pieces);
  }

  long piecesLeftOut() {
    return piecesLeftOut;
  }

  @Nullable Origin origin() {
    return source == null ? null : source.origin();
  }

  /** Reads data; what cannot be read is zeros, a finding and in {@link #unread()}. */
  void read(long position, byte[] into, int offset, int length) throws InterruptedIOException {
    if (length > 0 && tryRead(position, into, offset, length) == null) {
      return;
    }
    int done = 0;
    while (done < length) {
      long at = position + done;
      int count = (int) Math.min(length - done, SMALLEST_READ - at % SMALLEST_READ);
      IOException failure = tryRead(at, into, offset + done, count);
      if (failure != null) {
        Arrays.fill(into, offset + done, offset + done + count, (byte) 0);
        lost(at, count, failure);
      }
      done += count;
    }
  }

  private @Nullable IOException tryRead(long position, byte[] into, int offset, int length)
      throws InterruptedIOException {
    if (source == null) {
      return null;
    }
    try {
      source.read(position, into, offset, length);
      return null;
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return e;
    }
  }

  private void lost(long position, int length, IOException why) {
    TreeSink.Data last = unread.isEmpty() ? null : unread.get(unread.size() - 1);
    if (last != null && last.end() == position) {
      unread.set(unread.size() - 1, new TreeSink.Data(last.position(), last.length() + length));
      return;
    }
    unread.add(new TreeSink.Data(position, length));
    if (source != null && findings++ < MOST_FINDINGS) {
      log.add(
          why instanceof CorruptDataException corrupt
              ? Finding.of(corrupt)
              : Finding.damage(source.origin(), position, String.valueOf(why.getMessage())));
    }
  }
}
