package drydock.timeline.plot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.timeline.Event;
import drydock.timeline.EventFilter;
import drydock.timeline.EventKind;
import drydock.timeline.EventSource;
import drydock.timeline.Subject;
import drydock.timeline.TimeMeaning;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

class PlotTest {
  private static final EventFilter ALL =
      new EventFilter(Instant.MIN, Instant.MAX, EnumSet.allOf(EventKind.class));
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final FindingLog LOG = new FindingLog();

  private static Event event(Instant time, EventKind kind, String container, String message) {
    Subject subject =
        container.isEmpty()
            ? Subject.NODE
            : new Subject("e", "n", "ns", "pod", "u", container, "id-" + container, "img");
    TimeMeaning meaning = kind == EventKind.FILE ? TimeMeaning.MODIFIED : TimeMeaning.CREATED;
    return new Event(
        time,
        meaning,
        kind,
        message,
        subject,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Origin.of("t"));
  }

  private static Spread spread(Instant... times) throws IOException {
    Spread spread = new Spread(ALL, LOG);
    spread.add(
        (EventSource)
            sink -> {
              for (Instant time : times) {
                sink.add(event(time, EventKind.CONTAINER_STARTED, "c", "m"));
              }
            });
    return spread;
  }

  private static String picture(List<Event> events, Axis axis) throws IOException {
    Plot plot = new Plot(axis, ALL, LOG);
    plot.add(
        (EventSource)
            sink -> {
              for (Event event : events) {
                sink.add(event);
              }
            });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    plot.writeTo(out, "title");
    return out.toString(UTF_8);
  }

  private static Document parsed(String picture) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(picture.getBytes(UTF_8)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError(picture, e);
    }
  }

  @Test
  void yearsInWhichNothingHappenedAreLeftOut() throws IOException {
    Instant old = Instant.parse("2021-01-01T00:00:00Z");
    Axis axis =
        Axis.of(
            spread(old, NOON, NOON.plusSeconds(60), NOON.plusSeconds(3600)),
            Instant.MIN,
            Instant.MAX);
    List<Boolean> breaks = axis.parts().stream().map(Axis.Part::isBreak).toList();
    assertThat(breaks).startsWith(true, false, true, false).endsWith(false, true);
    int one = axis.column(Spread.millis(NOON));
    int other = axis.column(Spread.millis(NOON.plusSeconds(3600)));
    assertThat(other - one).isGreaterThan(20);
    Instant between = Instant.parse("2024-01-01T00:00:00Z");
    assertThat(axis.part(Spread.millis(between)).isBreak()).isTrue();
  }

  /** Whatever the times: each has a column, later ones never one before, and it is as wide. */
  @Test
  void everyTimeHasAColumnAndTheirOrderIsThatOfTime() throws IOException {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      Instant[] times = new Instant[1 + random.nextInt(60)];
      for (int i = 0; i < times.length; i++) {
        long seconds = (long) (random.nextGaussian() * Math.pow(10, random.nextInt(16)));
        times[i] = Instant.ofEpochSecond(seconds);
      }
      Axis axis = Axis.of(spread(times), Instant.MIN, Instant.MAX);
      assertThat(axis.width()).isBetween(Axis.WIDTH / 2, Axis.WIDTH);
      List<Instant> sorted = new ArrayList<>(List.of(times));
      sorted.add(Instant.MIN);
      sorted.add(Instant.MAX);
      sorted.sort(null);
      int before = 0;
      int x = 0;
      for (Instant time : sorted) {
        int column = axis.column(Spread.millis(time));
        assertThat(column).isBetween(before, axis.columns() - 1);
        assertThat(axis.x(Spread.millis(time))).isBetween(x, axis.width() - 1);
        before = column;
        x = axis.x(Spread.millis(time));
      }
    }
  }

  @Test
  void whatIsAskedForIsTheWholeAxis() throws IOException {
    Instant until = NOON.plus(Duration.ofHours(2));
    Axis axis = Axis.of(spread(NOON, NOON.plusSeconds(1)), NOON, until);
    assertThat(axis.parts()).hasSize(1);
    assertThat(axis.column(Spread.millis(NOON))).isZero();
    assertThat(axis.column(Spread.millis(until) - 1)).isEqualTo(axis.columns() - 1);
    Axis open = Axis.of(spread(NOON, NOON.plusSeconds(1)), NOON, Instant.MAX);
    assertThat(open.parts()).hasSize(2);
    assertThat(open.parts().get(0).from()).isEqualTo(Spread.millis(NOON));
  }

  @Test
  void aMillionTimesAreKeptAsFewSpots() throws IOException {
    Spread spread = new Spread(ALL, LOG);
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      spread.add(NOON.plusMillis(random.nextInt()));
    }
    assertThat(spread.spots()).isBetween(100, Spread.MAX_SPOTS);
    Axis axis = Axis.of(spread, Instant.MIN, Instant.MAX);
    assertThat(axis.parts()).hasSize(3);
  }

  @Test
  void everyEventIsCountedInTheTitlesOnce() throws IOException {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      events.add(event(NOON.plusSeconds(i), EventKind.FILE, "c" + i % 3, "f"));
      events.add(event(NOON.minusSeconds(1_000_000L * i), EventKind.FILE, "", "f"));
    }
    for (int i = 0; i < 70; i++) {
      events.add(event(NOON.plusSeconds(i), EventKind.CONTAINER_EXITED, "c1", "x"));
    }
    Axis axis = Axis.of(spread(NOON, NOON.plusSeconds(500)), Instant.MIN, Instant.MAX);
    String picture = picture(events, axis);
    parsed(picture);
    assertThat(sum(picture, "made or deleted: (\\d+)<")).isEqualTo(1000);
    assertThat(
            sum(picture, "<title>exited: [^,<]*, first of (\\d+):")
                + sum(picture, "<title>exited: [^,<]* (U)TC: "))
        .isEqualTo(70);
    assertThat(picture).isEqualTo(picture(events, axis));
  }

  private static long sum(String picture, String pattern) {
    Matcher match = Pattern.compile(pattern).matcher(picture);
    long sum = 0;
    while (match.find()) {
      sum += match.group(1).equals("U") ? 1 : Long.parseLong(match.group(1));
    }
    return sum;
  }

  @Test
  void manyContainersShareALaneAndManyEventsTakeNoMoreRoom() throws IOException {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      events.add(event(NOON.plusMillis(i * 37L), EventKind.FILE, "c" + i % 300, "f"));
      events.add(event(NOON.plusMillis(i * 37L), EventKind.IMAGE_PULLED, "c" + i % 300, "i"));
    }
    Axis axis = Axis.of(spread(NOON, NOON.plusSeconds(3700)), Instant.MIN, Instant.MAX);
    String picture = picture(events, axis);
    parsed(picture);
    assertThat(picture).contains("all others (260)").hasSizeLessThan(3_000_000);
    assertThat(sum(picture, "made or deleted: (\\d+)<")).isEqualTo(100_000);
  }

  /** Names that a browser or a reader would take for something else. */
  @Test
  void textOfTheEvidenceStaysText() throws IOException {
    String hostile = "</title><script>alert(1)</script>&\u0000\u001b[31m\u202e\"'\ud800";
    String picture =
        picture(
            List.of(event(NOON, EventKind.CONTAINER_STARTED, hostile, hostile)),
            Axis.of(spread(NOON), Instant.MIN, Instant.MAX));
    Document document = parsed(picture);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(picture).contains("&lt;/title&gt;").doesNotContain("\u001b", "\u202e", "<script");
  }

  @Test
  void aLongMessageIsCut() throws IOException {
    String picture =
        picture(
            List.of(event(NOON, EventKind.CONTAINER_EXITED, "c", "x".repeat(1_000_000))),
            Axis.of(spread(NOON), Instant.MIN, Instant.MAX));
    assertThat(picture).hasSizeLessThan(20_000);
  }
}
