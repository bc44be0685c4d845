package drydock.report;

import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogHead;
import drydock.kubernetes.LogJoiner;
import drydock.kubernetes.LogPiece;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record {@code log line}: what a program wrote, and where that stands. */
public final class LogReport {
  /**
   * A line of a program.
   *
   * @param id of the container, where anything still tells it
   */
  public record LogText(ContainerLogs logs, @Nullable String id, LogJoiner.Line line) {
    private LogPiece begin() {
      return line.begin();
    }
  }

  public static final Report<LogText> REPORT =
      new Report<>(
          List.of(
              Column.of("time", LogReport::time),
              Column.of("stream", LogReport::stream),
              Column.of("text", l -> new Value.Bytes(l.line().text())),
              Column.<LogText>of("text_hex", l -> Value.hexUnlessText(l.line().text()))
                  .whereKnown(),
              Column.of("pieces", l -> Value.of(l.line().pieces())),
              Column.of("continued", l -> Value.of(l.line().continued())),
              Column.of("complete", l -> Value.of(l.line().complete())),
              Column.of("damaged", l -> Value.of(l.begin().head() == null)),
              Column.of("container", l -> Value.of(l.logs().container())),
              Column.of("pod", l -> Value.of(l.logs().pod())),
              Column.of("pod_namespace", l -> Value.of(l.logs().namespace())),
              Column.of("pod_uid", l -> Value.of(l.logs().podUid())),
              Column.of("attempt", l -> Value.of(l.begin().file().attempt())),
              Column.of("id", l -> Value.id(l.id())),
              Column.of("file", l -> new Value.Bytes(l.begin().file().path().bytes())),
              Column.of("offset", l -> Value.of(l.begin().offset())),
              Column.of("origin", l -> Value.of(l.begin().file().node().origin()))),
          List.of("time", "stream", "text"));

  private LogReport() {}

  private static @Nullable Value time(LogText line) {
    LogHead head = line.begin().head();
    return head == null ? null : Value.of(head.time());
  }

  private static @Nullable Value stream(LogText line) {
    LogHead head = line.begin().head();
    return head == null ? null : Value.of(head.stream().toString());
  }
}
