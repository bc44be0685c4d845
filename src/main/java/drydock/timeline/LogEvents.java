package drydock.timeline;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.NameText;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFile;
import drydock.kubernetes.LogHead;
import drydock.kubernetes.LogPiece;
import drydock.kubernetes.LogReader;
import drydock.kubernetes.LogSink;
import drydock.kubernetes.LogStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What programs wrote, from the logs that a kubelet has of containers: an event for each of their
 * lines, at the time that stands before it. Of a line of more than {@value #MAX_TEXT} bytes the
 * rest makes more events, so that no line is ever kept whole. A damaged line has no time: it is
 * told at that of the line before it, and not at all where there is none (the log's finding tells).
 */
public final class LogEvents implements EventSource {
  static final int MAX_TEXT = 64 << 10;

  /** The logs of a container of a pod, and whose each attempt is. */
  public record Log(ContainerLogs logs, Map<Integer, Subject> attempts) {}

  private final List<Log> all;
  private final FindingLog log;

  public LogEvents(List<Log> all, FindingLog log) {
    this.all = List.copyOf(all);
    this.log = log;
  }

  @Override
  public void emit(Sink sink) throws IOException {
    for (Log each : all) {
      for (int attempt : each.logs().attempts()) {
        Subject subject = each.attempts().getOrDefault(attempt, Subject.of(each.logs(), null));
        Lines lines = new Lines(subject, sink);
        new LogReader(log).read(each.logs().of(attempt), lines);
        lines.finish();
      }
    }
  }

  /** A line of the program so far, or the last part of it. */
  private static final class Line {
    final ByteArrayOutputStream text = new ByteArrayOutputStream();
    @Nullable LogPiece begin;
    Instant time = Instant.MIN;
  }

  /** Joins the pieces of lines; those of the other stream may stand between them. */
  private static final class Lines implements LogSink {
    private final Subject subject;
    private final Sink sink;
    private final Map<LogStream, Line> unfinished = new EnumMap<>(LogStream.class);
    private @Nullable Instant before;
    private Line current = new Line();

    Lines(Subject subject, Sink sink) {
      this.subject = subject;
      this.sink = sink;
    }

    @Override
    public void begin(LogPiece piece) {
      LogHead head = piece.head();
      if (head == null) {
        current = new Line();
        current.time = before == null ? Instant.MIN : before;
      } else {
        current = unfinished.computeIfAbsent(head.stream(), stream -> new Line());
        before = head.time();
      }
      if (current.begin == null) {
        current.begin = piece;
        current.time = head == null ? current.time : head.time();
      }
    }

    @Override
    public void text(byte[] bytes, int from, int length) throws IOException {
      int at = from;
      while (at < from + length) {
        int count = Math.min(from + length - at, MAX_TEXT - current.text.size());
        current.text.write(bytes, at, count);
        at += count;
        if (at < from + length) {
          tell(current, false);
        }
      }
    }

    @Override
    public void end(LogPiece piece, boolean whole) throws IOException {
      LogHead head = piece.head();
      if (!whole || head == null || !head.partial()) {
        tell(current, whole);
        current.begin = null;
      }
    }

    /** What has begun and goes on nowhere. */
    void finish() throws IOException {
      for (Line line : unfinished.values()) {
        tell(line, false);
      }
    }

    private void tell(Line line, boolean complete) throws IOException {
      LogPiece begin = line.begin;
      if (begin != null && !line.time.equals(Instant.MIN)) {
        sink.add(event(begin, line, complete));
      }
      line.text.reset();
    }

    private Event event(LogPiece begin, Line line, boolean complete) throws IOException {
      LogFile file = begin.file();
      LogHead head = begin.head();
      Origin origin = file.node().origin();
      String message = NameText.of(line.text.toByteArray());
      return Event.of(line.time, TimeMeaning.WRITTEN, EventKind.LOG_LINE, message, subject, origin)
          .at(file.path(), file.node().meta().inode())
          .line(
              new LogLine(
                  head == null ? null : head.stream(),
                  file.attempt(),
                  begin.offset(),
                  complete,
                  head == null));
    }
  }
}
