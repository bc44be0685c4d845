package drydock.timeline;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.NameText;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFile;
import drydock.kubernetes.LogHead;
import drydock.kubernetes.LogJoiner;
import drydock.kubernetes.LogPiece;
import drydock.kubernetes.LogReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
        LogJoiner lines = new LogJoiner(MAX_TEXT, line -> add(line, subject, sink));
        new LogReader(log).read(each.logs().of(attempt), lines);
        lines.finish();
      }
    }
  }

  private static void add(LogJoiner.Line line, Subject subject, Sink sink) throws IOException {
    Instant time = line.time();
    if (time != null) {
      sink.add(event(line, time, subject));
    }
  }

  private static Event event(LogJoiner.Line line, Instant time, Subject subject)
      throws IOException {
    LogPiece begin = line.begin();
    LogFile file = begin.file();
    LogHead head = begin.head();
    Origin origin = file.node().origin();
    String message = NameText.of(line.text());
    return Event.of(time, TimeMeaning.WRITTEN, EventKind.LOG_LINE, message, subject, origin)
        .at(file.path(), file.node().meta().inode())
        .line(
            new LogLine(
                head == null ? null : head.stream(),
                file.attempt(),
                begin.offset(),
                line.complete(),
                head == null));
  }
}
