package drydock.kubernetes;

import drydock.bytes.CorruptDataException;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.tar.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one attempt of a container, one after the other. A line of the program may be
 * in pieces, and those in two files. What is damaged is a finding and comes as it is.
 */
public final class LogReader {
  private static final int BUFFER_BYTES = 64 << 10;

  /** Of a file that is something else altogether, more would tell nothing. */
  private static final int TOLD_OF_A_FILE = 20;

  private final FindingLog log;

  public LogReader(FindingLog log) {
    this.log = log;
  }

  /** Reads all files, as they are ordered. */
  public void read(List<LogFile> files, LogSink sink) throws IOException {
    Set<LogStream> unfinished = EnumSet.noneOf(LogStream.class);
    for (LogFile file : files) {
      read(file, new Pieces(file, unfinished, sink));
    }
  }

  private void read(LogFile file, Pieces pieces) throws IOException {
    LogLines lines = new LogLines(pieces);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Compression.open(file.node().content())) {
      int count;
      while ((count = in.read(buffer, 0, buffer.length)) >= 0) {
        lines.feed(buffer, count);
      }
    } catch (CorruptDataException e) {
      log.add(Finding.of(e));
    }
    lines.finish();
    pieces.tellMore();
  }

  /** Makes pieces of the lines of a file, and tells of damage. */
  private final class Pieces implements LogLines.Each {
    private final LogFile file;
    private final Set<LogStream> unfinished;
    private final LogSink sink;
    private @Nullable LogPiece piece;
    private long damaged;

    Pieces(LogFile file, Set<LogStream> unfinished, LogSink sink) {
      this.file = file;
      this.unfinished = unfinished;
      this.sink = sink;
    }

    @Override
    public void begin(long offset, Optional<LogHead> head) throws IOException {
      boolean first = head.isEmpty() || !unfinished.contains(head.get().stream());
      piece = new LogPiece(file, offset, head.orElse(null), first);
      if (head.isEmpty() && ++damaged <= TOLD_OF_A_FILE) {
        String what = "a line without time, stream and tag, which every line of such a log has";
        log.add(Finding.damage(file.node().origin(), offset, what));
      }
      sink.begin(piece);
    }

    @Override
    public void text(byte[] bytes, int from, int length) throws IOException {
      sink.text(bytes, from, length);
    }

    @Override
    public void end(boolean whole) throws IOException {
      LogPiece ended = piece;
      if (ended == null) {
        return;
      }
      LogHead head = ended.head();
      if (head != null && head.partial()) {
        unfinished.add(head.stream());
      } else if (head != null) {
        unfinished.remove(head.stream());
      }
      if (!whole && head != null) {
        tellCut(ended);
      }
      sink.end(ended, whole);
    }

    /** A file that was being written when the disk was copied may end in a line. */
    private void tellCut(LogPiece cut) {
      String what = "the last line has no end";
      log.add(
          file.current()
              ? Finding.note(file.node().origin(), what + " (byte " + cut.offset() + ")")
              : Finding.damage(file.node().origin(), cut.offset(), what));
    }

    private void tellMore() {
      if (damaged > TOLD_OF_A_FILE) {
        String what = (damaged - TOLD_OF_A_FILE) + " more lines without time, stream and tag";
        log.add(Finding.damage(file.node().origin(), 0, what));
      }
    }
  }
}
