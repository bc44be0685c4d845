package drydock.cli;

import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogHead;
import drydock.kubernetes.LogPiece;
import drydock.kubernetes.LogSink;
import drydock.kubernetes.LogStream;
import drydock.report.LogReport.LogText;
import drydock.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log as records, a line of the program each. A line of more than {@value #MAX_TEXT} bytes comes
 * as several records, so that no line is ever kept whole.
 */
final class LogRows implements LogSink {
  static final int MAX_TEXT = 1 << 20;

  private final ContainerLogs logs;
  private final Map<Integer, String> ids;
  private final Report.Rows<LogText> rows;
  private final Map<LogStream, Line> lines = new EnumMap<>(LogStream.class);
  private Line current = new Line();
  private int attempt = -1;

  /** The text of a line so far, or of its last part. */
  private static final class Line {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private @Nullable LogPiece begin;
    private int pieces;
    private boolean continued;
  }

  LogRows(ContainerLogs logs, Map<Integer, String> ids, Report.Rows<LogText> rows) {
    this.logs = logs;
    this.ids = ids;
    this.rows = rows;
  }

  @Override
  public void begin(LogPiece piece) throws IOException {
    if (piece.file().attempt() != attempt) {
      finish();
      attempt = piece.file().attempt();
    }
    LogHead head = piece.head();
    current =
        head == null ? new Line() : lines.computeIfAbsent(head.stream(), stream -> new Line());
    if (current.begin == null) {
      current.begin = piece;
    }
    current.pieces++;
  }

  @Override
  public void text(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    while (at < from + length) {
      int count = Math.min(from + length - at, MAX_TEXT - current.text.size());
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
  void finish() throws IOException {
    for (Line line : lines.values()) {
      if (line.begin != null) {
        emit(line, false);
      }
    }
    lines.clear();
  }

  private void emit(Line line, boolean complete) throws IOException {
    LogPiece begin = line.begin;
    if (begin != null) {
      byte[] text = line.text.toByteArray();
      String id = ids.get(begin.file().attempt());
      rows.add(new LogText(logs, id, begin, line.pieces, line.continued, complete, text));
    }
    line.text.reset();
    line.continued = true;
  }
}
