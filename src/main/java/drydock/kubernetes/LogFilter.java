package drydock.kubernetes;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets through the lines that are asked for, whole lines of the program always: the first piece
 * decides. A damaged line has no stream and counts for every one, and for the time it counts with
 * the line before it.
 */
public final class LogFilter implements LogSink {
  /**
   * What is asked for.
   *
   * @param since at that time or later
   * @param until before that time
   * @param stream null for both
   */
  public record Wanted(Instant since, Instant until, @Nullable LogStream stream) {}

  private final Wanted wanted;
  private final long skipped;
  private final LogSink sink;
  private final Set<LogStream> shown = EnumSet.noneOf(LogStream.class);
  private boolean inTime = true;
  private boolean passes;
  private long lines;

  /**
   * @param skipped how many of the lines that are asked for are left out nevertheless
   */
  public LogFilter(Wanted wanted, long skipped, LogSink sink) {
    this.wanted = wanted;
    this.skipped = skipped;
    this.sink = sink;
  }

  /** How many lines were asked for, with those that were left out. */
  public long lines() {
    return lines;
  }

  @Override
  public void begin(LogPiece piece) throws IOException {
    LogHead head = piece.head();
    if (!piece.first() && head != null) {
      passes = shown.contains(head.stream());
    } else {
      passes = isWanted(head) && ++lines > skipped;
      if (head != null && passes) {
        shown.add(head.stream());
      } else if (head != null) {
        shown.remove(head.stream());
      }
    }
    if (passes) {
      sink.begin(piece);
    }
  }

  private boolean isWanted(@Nullable LogHead head) {
    if (head == null) {
      return inTime;
    }
    inTime = !head.time().isBefore(wanted.since()) && head.time().isBefore(wanted.until());
    return inTime && (wanted.stream() == null || wanted.stream() == head.stream());
  }

  @Override
  public void text(byte[] bytes, int from, int length) throws IOException {
    if (passes) {
      sink.text(bytes, from, length);
    }
  }

  @Override
  public void end(LogPiece piece, boolean whole) throws IOException {
    if (passes) {
      sink.end(piece, whole);
    }
  }
}
