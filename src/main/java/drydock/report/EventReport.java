package drydock.report;

import drydock.fs.FileMeta;
import drydock.fs.TreePath;
import drydock.kubernetes.LogStream;
import drydock.timeline.Event;
import drydock.timeline.EventKind;
import drydock.timeline.LogLine;
import drydock.timeline.Subject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The record {@code event}: with {@code message}, {@code datetime} and {@code timestamp_desc},
 * which Timesketch requires (timesketch/lib/utils.py), {@code timestamp} in microseconds, which it
 * would make of the time itself, and {@code data_type} as plaso has it.
 */
final class EventReport {
  static final Report<Event> REPORT =
      new Report<>(
          List.of(
              Column.of("datetime", e -> Value.of(datetime(e.time()))),
              Column.of("timestamp", e -> Value.of(micros(e.time()))),
              Column.of("timestamp_desc", e -> Value.of(e.meaning().description())),
              Column.of("message", e -> Value.of(e.message())),
              Column.of("data_type", e -> Value.of(dataType(e))),
              Column.of("kind", e -> Value.of(e.kind().label())),
              of("engine", Subject::engine),
              of("namespace", Subject::namespace),
              of("pod", Subject::pod),
              of("container", Subject::container),
              of("image", Subject::image),
              Column.of("path", e -> path(e.path())),
              Column.<Event>of("path_hex", e -> pathHex(e.path())).whereKnown(),
              Column.of("inode", e -> Value.of(e.inode())),
              of("pod_namespace", Subject::podNamespace).whereKnown(),
              of("pod_uid", Subject::podUid).whereKnown(),
              of("container_id", Subject::containerId).whereKnown(),
              Column.<Event>of("exit_code", e -> Value.of(e.exitCode())).whereKnown(),
              Column.<Event>of("reason", e -> Value.of(e.reason())).whereKnown(),
              ofFile("type", meta -> FileReport.type(meta.type())),
              ofFile("mode", meta -> Value.of(FileReport.octal(meta))),
              ofFile("uid", meta -> Value.of(meta.uid())),
              ofFile("gid", meta -> Value.of(meta.gid())),
              ofFile("size", meta -> Value.of(meta.size())),
              Column.<Event>of("fate", e -> Value.of(fate(e))).whereKnown(),
              Column.<Event>of("layer", e -> Value.of(e.layer())).whereKnown(),
              ofLine("stream", line -> text(line.stream())),
              ofLine("attempt", line -> Value.of(line.attempt())),
              ofLine("offset", line -> Value.of(line.offset())),
              ofLine("complete", line -> Value.of(line.complete())),
              ofLine("damaged", line -> Value.of(line.damaged())),
              Column.of("origin", e -> Value.of(e.origin()))),
          List.of("datetime", "kind", "message"));

  private static final int DIGITS = 9;
  private static final long MICROS = 1_000_000L;
  private static final int NANOS_PER_MICRO = 1000;

  private EventReport() {}

  private static Column<Event> of(String name, Function<Subject, @Nullable String> part) {
    return Column.of(name, e -> Value.of(part.apply(e.subject())));
  }

  private static Column<Event> ofFile(String name, Function<FileMeta, @Nullable Value> part) {
    return Column.<Event>of(name, e -> e.meta() == null ? null : part.apply(e.meta())).whereKnown();
  }

  private static Column<Event> ofLine(String name, Function<LogLine, @Nullable Value> part) {
    return Column.<Event>of(name, e -> e.line() == null ? null : part.apply(e.line())).whereKnown();
  }

  private static @Nullable Value text(@Nullable LogStream stream) {
    return stream == null ? null : Value.of(stream.toString());
  }

  /**
   * RFC 3339 with nine digits always: pandas, with which Timesketch reads CSV, expects all times to
   * have as many as the first one, and drops the others.
   */
  static String datetime(Instant time) {
    String text = Rfc3339.of(time);
    int point = text.indexOf('.');
    int digits = point < 0 ? 0 : text.length() - 2 - point;
    return text.substring(0, text.length() - 1)
        + (point < 0 ? "." : "")
        + "0".repeat(DIGITS - digits)
        + "Z";
  }

  /** Since 1970, rounded down; null where that is no 64-bit number. */
  private static @Nullable Long micros(Instant time) {
    try {
      long whole = Math.multiplyExact(time.getEpochSecond(), MICROS);
      return Math.addExact(whole, time.getNano() / NANOS_PER_MICRO);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /** plaso's own name for what it knows, too. */
  private static String dataType(Event event) {
    return event.kind() == EventKind.FILE ? "fs:stat" : "drydock:" + event.kind().label();
  }

  private static @Nullable Value path(@Nullable TreePath path) {
    return path == null ? null : new Value.Bytes(path.bytes());
  }

  private static @Nullable Value pathHex(@Nullable TreePath path) {
    return path == null ? null : Value.hexUnlessText(path.bytes());
  }

  /** Null of what is there. */
  static @Nullable String fate(Event event) {
    if (event.fate() == null) {
      return null;
    }
    return switch (event.fate()) {
      case LIVING -> null;
      case HIDDEN -> "hidden";
      case DELETED -> "deleted";
      case REALLOCATED -> "reallocated";
    };
  }
}
