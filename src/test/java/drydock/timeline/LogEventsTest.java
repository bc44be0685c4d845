package drydock.timeline;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.PictureTree;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.PodLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogEventsTest {
  private static final String DIRECTORY = "ns_pod_uid";
  private final FindingLog log = new FindingLog();

  private List<LogEvents.Log> logs(String... filesAndTexts) throws IOException {
    List<drydock.fs.Picture> files = new ArrayList<>();
    for (int i = 0; i < filesAndTexts.length; i += 2) {
      files.add(file(filesAndTexts[i], filesAndTexts[i + 1]));
    }
    PictureTree tree =
        PictureTree.of(
            dir(
                "var",
                dir(
                    "log",
                    dir(
                        "pods",
                        dir(DIRECTORY, dir("c", files.toArray(new drydock.fs.Picture[0])))))));
    List<LogEvents.Log> logs = new ArrayList<>();
    for (ContainerLogs each : new PodLogs(tree, log).below(PodLogs.USUAL_ROOT)) {
      logs.add(new LogEvents.Log(each, Map.of(1, Subject.of(each, "id-of-1"))));
    }
    return logs;
  }

  private List<Event> events(String... filesAndTexts) throws IOException {
    List<Event> events = new ArrayList<>();
    new LogEvents(logs(filesAndTexts), log).emit(events::add);
    return events;
  }

  private static String text(Event event) {
    LogLine line = event.line();
    return event.time()
        + " "
        + line.stream()
        + " "
        + line.attempt()
        + " @"
        + line.offset()
        + (line.complete() ? "" : " cut")
        + (line.damaged() ? " damaged" : "")
        + " "
        + event.message();
  }

  @Test
  void piecesAreOneLineAtTheTimeOfTheFirst() throws IOException {
    List<Event> events =
        events(
            "0.log",
            """
            2026-01-01T00:00:00.000000001Z stdout P one,
            2026-01-01T00:00:00.000000002Z stderr F two
            2026-01-01T00:00:00.000000003Z stdout F and its end
            """,
            "1.log",
            "2026-01-02T00:00:00+01:00 stdout P goes on nowhere\n");
    assertThat(events.stream().map(LogEventsTest::text))
        .containsExactly(
            "2026-01-01T00:00:00.000000002Z stderr 0 @45 two",
            "2026-01-01T00:00:00.000000001Z stdout 0 @0 one,and its end",
            "2026-01-01T23:00:00Z stdout 1 @0 cut goes on nowhere");
    Event last = events.get(2);
    assertThat(last.subject().label()).isEqualTo("ns/pod/c");
    assertThat(last.subject().containerId()).isEqualTo("id-of-1");
    assertThat(events.get(0).subject().containerId()).isNull();
    assertThat(last.path()).hasToString("/var/log/pods/ns_pod_uid/c/1.log");
    assertThat(last.kind()).isEqualTo(EventKind.LOG_LINE);
  }

  @Test
  void aDamagedLineIsToldAtTheTimeOfTheLineBeforeIt() throws IOException {
    List<Event> events =
        events("0.log", "nothing before\n2026-01-01T00:00:00Z stdout F good\n!!\nlast");
    assertThat(events.stream().map(LogEventsTest::text))
        .containsExactly(
            "2026-01-01T00:00:00Z stdout 0 @15 good",
            "2026-01-01T00:00:00Z null 0 @50 damaged !!",
            "2026-01-01T00:00:00Z null 0 @53 cut damaged last");
    assertThat(log.list()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aLongLineIsSeveralEventsAndNothingOfItIsLost() throws IOException {
    String text = "0123456789".repeat(20_000);
    List<Event> events = events("0.log", "2026-01-01T00:00:00Z stdout F " + text + "\n");
    StringBuilder all = new StringBuilder();
    events.forEach(event -> all.append(event.message()));
    assertThat(all.toString()).isEqualTo(text);
    assertThat(events).hasSize(4).allMatch(e -> e.message().length() <= LogEvents.MAX_TEXT);
    assertThat(events.stream().map(e -> e.line().complete()))
        .containsExactly(false, false, false, true);
  }

  /** Of one time: in the order of the file, not in that of the digits of its offsets. */
  @Test
  void linesOfTheSameTimeStayInTheirOrder() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String line = (char) ('a' + 7 * i % 26) + " " + i;
      text.append("2026-01-01T00:00:00Z stdout F ").append(line).append('\n');
      expected.add(line);
    }
    EventSort sort = new EventSort(() -> null);
    EventFilter all = new EventFilter(Instant.MIN, Instant.MAX, EnumSet.allOf(EventKind.class));
    Timeline timeline = new Timeline(all, event -> event.message() + "\n", sort, 1, log);
    timeline.add(new LogEvents(logs("0.log", text.toString()), log));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    timeline.writeTo(out);
    String written = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(out.toByteArray())).toString();
    assertThat(written.lines()).containsExactlyElementsOf(expected);
  }
}
