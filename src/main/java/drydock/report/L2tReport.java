package drydock.report;

import drydock.timeline.Event;
import drydock.timeline.EventKind;
import drydock.timeline.LogLine;
import drydock.timeline.Subject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The 17 fields of log2timeline's old CSV, as plaso writes them (plaso/output/l2t_csv.py): times to
 * the second, UTC; {@code -} is unknown; what else is known, the whole time too, is in {@code
 * extra}. Control characters are escaped, so that an event is a line.
 */
final class L2tReport {
  static final Report<Event> REPORT =
      new Report<>(
          List.of(
              Column.of("date", e -> Value.of(date(e.time()))),
              Column.of("time", e -> Value.of(time(e.time()))),
              Column.of("timezone", e -> Value.of("UTC")),
              Column.of("MACB", e -> Value.of(e.meaning().macb())),
              Column.of("source", e -> Value.of(isFile(e) ? "FILE" : "LOG")),
              Column.of("sourcetype", e -> Value.of(isFile(e) ? "File stat" : e.kind().label())),
              Column.of("type", e -> Value.of(e.meaning().description())),
              Column.of("user", e -> Value.of("-")),
              Column.of("host", e -> Value.of("-")),
              Column.of("short", e -> Value.of(brief(Escape.text(e.message())))),
              Column.of("desc", e -> Value.of(Escape.text(e.message()))),
              Column.of("version", e -> Value.of("2")),
              Column.of("filename", e -> Value.of(path(e))),
              Column.of("inode", e -> Value.of(e.inode() == null ? "-" : e.inode().toString())),
              Column.of("notes", e -> Value.of("-")),
              Column.of("format", e -> Value.of("drydock")),
              Column.of("extra", e -> Value.of(extra(e)))),
          List.of("date", "time", "desc"));

  /** plaso cuts short messages there. */
  private static final int SHORT = 80;

  private static final int LAST_YEAR = 9999;

  private L2tReport() {}

  private static boolean isFile(Event event) {
    return event.kind() == EventKind.FILE;
  }

  private static String date(Instant time) {
    if (isFarOut(time)) {
      return "00/00/0000";
    }
    ZonedDateTime day = time.atZone(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT, "%02d/%02d/%04d", day.getMonthValue(), day.getDayOfMonth(), day.getYear());
  }

  private static String time(Instant time) {
    if (isFarOut(time)) {
      return "--:--:--";
    }
    ZonedDateTime day = time.atZone(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", day.getHour(), day.getMinute(), day.getSecond());
  }

  private static boolean isFarOut(Instant time) {
    long years = time.getEpochSecond() / (366L * 24 * 60 * 60);
    if (Math.abs(years) > LAST_YEAR) {
      return true; // more than a calendar of the JDK may take
    }
    int year = time.atZone(ZoneOffset.UTC).getYear();
    return year < 1 || year > LAST_YEAR;
  }

  private static String brief(String text) {
    if (text.length() <= SHORT) {
      return text;
    }
    int end = SHORT - 3;
    end -= Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
    return text.substring(0, end) + "...";
  }

  private static String path(Event event) {
    return event.path() == null ? "-" : Escape.bytes(event.path().bytes());
  }

  private static String extra(Event event) {
    List<String> all = new ArrayList<>();
    Subject subject = event.subject();
    LogLine line = event.line();
    if (line != null) {
      add("attempt", line.attempt(), all);
    }
    add("container", subject.container(), all);
    add("container_id", subject.containerId(), all);
    add("datetime", EventReport.datetime(event.time()), all);
    add("engine", subject.engine(), all);
    add("exit_code", event.exitCode(), all);
    add("fate", EventReport.fate(event), all);
    add("image", subject.image(), all);
    add("kind", event.kind().label(), all);
    add("layer", event.layer(), all);
    add("namespace", subject.namespace(), all);
    if (line != null) {
      add("offset", line.offset(), all);
    }
    add("origin", event.origin(), all);
    add("pod", subject.pod(), all);
    add("pod_namespace", subject.podNamespace(), all);
    add("pod_uid", subject.podUid(), all);
    add("reason", event.reason(), all);
    if (line != null) {
      add("stream", line.stream(), all);
    }
    return String.join("; ", all);
  }

  private static void add(String name, @Nullable Object value, List<String> all) {
    if (value != null) {
      all.add(name + ": " + Escape.text(value.toString()));
    }
  }
}
