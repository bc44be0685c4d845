package drydock.checkpoint.memory;

import drydock.bytes.ByteSource;
import drydock.checkpoint.memory.search.PatternScan;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a walk comes to and looks for patterns in it, chunk by chunk. For one thread.
 *
 * <p>Tells only matches with a byte at least that is the walker's own. What cannot be read is a
 * finding, and a gap.
 */
final class StretchScan implements AddressSpace.Walker {
  private static final int CHUNK = 1 << 20;
  private static final int SMALL = 4096;

  private final PatternScan scan;
  private final Sink sink;
  private final FindingLog log;
  private final int overlap;
  private final byte[] buffer;

  /** Ranges of addresses that are not the walker's own, as far as they are in the buffer. */
  private final Deque<long[]> strange = new ArrayDeque<>();

  private long base;
  private int fresh;
  private int end;

  /** Takes the addresses of a match, and its bytes until it returns. */
  @FunctionalInterface
  interface Sink {
    void found(int pattern, long address, byte[] buffer, int from, int to) throws IOException;
  }

  StretchScan(PatternScan scan, FindingLog log, Sink sink) {
    this.scan = scan;
    this.log = log;
    this.sink = sink;
    this.overlap = scan.patterns().overlap();
    this.buffer = new byte[CHUNK + overlap];
  }

  @Override
  public void piece(Piece piece, boolean isOwn) throws IOException {
    if (end == 0) {
      base = piece.address();
    }
    if (!isOwn) {
      strange.addLast(new long[] {piece.address(), piece.end()});
    }
    long done = 0;
    int most = buffer.length;
    while (done < piece.length()) {
      if (end == buffer.length) {
        flush(false);
      }
      int step = (int) Math.min(Math.min(most, buffer.length - end), piece.length() - done);
      if (fill(piece.source(), piece.position() + done, step)) {
        done += step;
      } else if (step > SMALL) {
        // only a part of it is damaged: what is before and behind that can be read
        most = SMALL;
      } else {
        gap();
        done += step;
        base = piece.address() + done;
      }
    }
  }

  private boolean fill(@Nullable ByteSource source, long position, int length) {
    if (source == null) {
      Arrays.fill(buffer, end, end + length, (byte) 0);
      end += length;
      return true;
    }
    try {
      source.read(position, buffer, end, length);
      end += length;
      return true;
    } catch (IOException e) {
      log.add(e, source.origin());
      return false;
    }
  }

  @Override
  public void gap() throws IOException {
    if (end > 0) {
      flush(true);
    }
    scan.reset();
    strange.clear();
    end = 0;
    fresh = 0;
  }

  private void flush(boolean last) throws IOException {
    for (PatternScan.Match match : scan.scan(buffer, fresh, end, base, last)) {
      long address = base + match.start();
      if (isOwn(address, base + match.end())) {
        sink.found(match.pattern(), address, buffer, match.start(), match.end());
      }
    }
    if (last) {
      return;
    }
    int cut = end - overlap;
    System.arraycopy(buffer, cut, buffer, 0, overlap);
    scan.slide(cut);
    base += cut;
    end = overlap;
    fresh = overlap;
    while (!strange.isEmpty() && Long.compareUnsigned(strange.getFirst()[1], base) <= 0) {
      strange.removeFirst();
    }
  }

  /** Whether a byte of a match lies in none of the strange ranges; they are in order. */
  private boolean isOwn(long from, long to) {
    long at = from;
    for (long[] range : strange) {
      if (Long.compareUnsigned(range[0], at) > 0) {
        break;
      }
      if (Long.compareUnsigned(range[1], at) > 0) {
        at = range[1];
      }
    }
    return Long.compareUnsigned(at, to) < 0;
  }
}
