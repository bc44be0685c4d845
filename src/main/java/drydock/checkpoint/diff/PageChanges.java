package drydock.checkpoint.diff;

import drydock.bytes.ByteSource;
import drydock.checkpoint.memory.AddressSpace;
import drydock.checkpoint.memory.Area;
import drydock.checkpoint.memory.Piece;
import drydock.checkpoint.memory.PieceKind;
import drydock.finding.FindingLog;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Compares the memory of a process in both, page by page, from the front to the back: each page is
 * read once, and some hundred KiB are held. For one thread.
 */
final class PageChanges {
  private static final int MOST_BYTES = 256 << 10;

  private final AddressSpace before;
  private final AddressSpace after;
  private final FindingLog log;
  private final int pageSize;
  private final byte[] was;
  private final byte[] is;

  PageChanges(AddressSpace before, AddressSpace after, FindingLog log) {
    this.log = log;
    this.before = before;
    this.after = after;
    this.pageSize = after.pageSize();
    int length = Math.max(pageSize, MOST_BYTES / pageSize * pageSize);
    this.was = new byte[length];
    this.is = new byte[length];
  }

  /** What is different in an area of the later one, where the earlier one has it, too. */
  PageTally of(Area area) {
    PageTally tally = new PageTally(pageSize);
    long at = area.start();
    while (at != area.end()) {
      Piece now = after.at(at);
      Piece then = before.at(at);
      long length = Math.min(Math.min(now.length(), then.length()), area.end() - at);
      compare(then, now, at, length, tally);
      at += length;
    }
    return tally;
  }

  private void compare(Piece then, Piece now, long at, long length, PageTally tally) {
    PieceKind was = then.kind();
    PieceKind is = now.kind();
    if (was == PieceKind.UNMAPPED || was == PieceKind.KERNEL || is == PieceKind.KERNEL) {
      return;
    }
    if (was.isKnown() && is.isKnown()) {
      if (then.source() != null || now.source() != null) {
        bytes(then, now, at, length, tally);
      }
    } else if (isLost(was) || isLost(is)) {
      tally.add(PageTally.How.UNKNOWN, at, length);
    } else if (is.isKnown()) {
      tally.add(PageTally.How.ADDED, at, length);
    } else if (was.isKnown()) {
      tally.add(PageTally.How.REMOVED, at, length);
    }
  }

  private static boolean isLost(PieceKind kind) {
    return kind == PieceKind.MISSING || kind == PieceKind.LAZY;
  }

  private void bytes(Piece then, Piece now, long at, long length, PageTally tally) {
    for (long done = 0; done < length; ) {
      int step = (int) Math.min(was.length, length - done);
      if (!read(then, done, was, step) || !read(now, done, is, step)) {
        tally.add(PageTally.How.UNKNOWN, at + done, step);
      } else if (!Arrays.equals(was, 0, step, is, 0, step)) {
        pages(at + done, step, tally);
      }
      done += step;
    }
  }

  private void pages(long at, int length, PageTally tally) {
    for (int from = 0; from < length; from += pageSize) {
      int to = Math.min(length, from + pageSize);
      if (!Arrays.equals(was, from, to, is, from, to)) {
        tally.add(PageTally.How.CHANGED, at + from, to - from);
      }
    }
  }

  /** Whether the bytes could be read; what cannot is a finding. */
  private boolean read(Piece piece, long skipped, byte[] into, int length) {
    @Nullable ByteSource source = piece.source();
    if (source == null) {
      Arrays.fill(into, 0, length, (byte) 0);
    } else {
      try {
        source.read(piece.position() + skipped, into, 0, length);
      } catch (IOException e) {
        log.add(e, source.origin());
        return false;
      }
    }
    return true;
  }
}
