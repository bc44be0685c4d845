package drydock.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the pieces of a log to the lines of the program; those of the other stream may stand
 * between them. Of a line that is longer than a limit each part as long as that comes by itself, so
 * that no line is ever kept whole. For one thread.
 */
public final class LogJoiner implements LogSink {
  /**
   * A line of a program, or a part of one.
   *
   * @param begin the piece that the line begins in
   * @param time that stands before the line; of a damaged one that before the last line which is
   *     not, null where there is none
   * @param pieces how many pieces it is made of, to its end or as far as it is there
   * @param continued whether the line began in the part before this one of the same stream
   * @param complete whether the line ends here
   */
  public record Line(
      LogPiece begin,
      @Nullable Instant time,
      int pieces,
      boolean continued,
      boolean complete,
      byte[] text) {}

  /** Takes lines, one by one. */
  @FunctionalInterface
  public interface Lines {
    void add(Line line) throws IOException;
  }

  private final int limit;
  private final Lines lines;
  private final Map<LogStream, Unfinished> unfinished = new EnumMap<>(LogStream.class);
  private Unfinished current = new Unfinished();
  private @Nullable Instant before;
  private int attempt = -1;

  /** The text of a line so far, or of its last part. */
  private static final class Unfinished {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable LogPiece begin;
    private @Nullable Instant time;
    private int pieces;
    private boolean continued;
  }

  /**
   * @param limit how many bytes of a line are joined
   */
  public LogJoiner(int limit, Lines lines) {
    this.limit = limit;
    this.lines = lines;
  }

  @Override
  public void begin(LogPiece piece) throws IOException {
    if (piece.file().attempt() != attempt) {
      finish();
      attempt = piece.file().attempt();
    }
    LogHead head = piece.head();
    if (head == null) {
      current = new Unfinished();
    } else {
      current = unfinished.computeIfAbsent(head.stream(), stream -> new Unfinished());
      before = head.time();
    }
    if (current.begin == null) {
      current.begin = piece;
      current.time = before;
    }
    current.pieces++;
  }

  @Override
  public void text(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    while (at < from + length) {
      int count = Math.min(from + length - at, limit - current.text.size());
      current.text.write(bytes, at, count);
      at += count;
      if (at < from + length) {
        emit(current, false);
      }
    }
  }

  @Override
  public void end(LogPiece piece, boolean whole) throws IOException {
    LogHead head = piece.head();
    if (!whole || head == null || !head.partial()) {
      emit(current, whole);
      current.begin = null;
      current.pieces = 0;
      current.continued = false;
    }
  }

  /** The attempt ends here: what is unfinished remains so. */
  public void finish() throws IOException {
    for (Unfinished each : unfinished.values()) {
      emit(each, false);
    }
    unfinished.clear();
    before = null;
  }

  private void emit(Unfinished line, boolean complete) throws IOException {
    LogPiece begin = line.begin;
    if (begin != null) {
      byte[] text = line.text.toByteArray();
      lines.add(new Line(begin, line.time, line.pieces, line.continued, complete, text));
    }
    line.text.reset();
    line.continued = true;
  }
}
