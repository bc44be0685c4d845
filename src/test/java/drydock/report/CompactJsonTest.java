package drydock.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ByteText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The text is the one that the library for JSON makes of the same values. */
class CompactJsonTest {
  private static String compact(Value value) throws IOException {
    ByteText text = new ByteText(0);
    new CompactJson(text).write(value);
    return text.toString();
  }

  private static void check(Value value) throws IOException {
    assertThat(compact(value)).isEqualTo(JsonText.compact(value));
  }

  private static List<Value> each() {
    return List.of(
        new Value.Text("plain"),
        new Value.Text(""),
        new Value.Id("sha256:00ff"),
        new Value.Bytes("/tmp/a b".getBytes(UTF_8)),
        new Value.Bytes(new byte[] {'/', (byte) 0xff, '\\', 'x'}),
        new Value.Data(new byte[] {0, 1, 2, 'a'}),
        new Value.Whole(Long.MIN_VALUE),
        new Value.Whole(0),
        new Value.Count(-1),
        new Value.Flag(true),
        new Value.Flag(false),
        new Value.Time(Instant.parse("2026-11-22T01:00:49.9476Z")),
        new Value.Time(Instant.MIN),
        new Value.Document("{ \"a\" :\n [1,2] }".getBytes(UTF_8)),
        new Value.Document("no json".getBytes(UTF_8)),
        new Value.Many(List.of()),
        new Value.Pairs(Map.of()));
  }

  @Test
  void everyKindOfValueIsTheSame() throws IOException {
    for (Value value : each()) {
      check(value);
    }
  }

  @Test
  void whatHoldsOthersIsTheSame() throws IOException {
    List<@Nullable Value> all = new ArrayList<>(each());
    all.add(null);
    Map<String, @Nullable Value> named = new LinkedHashMap<>();
    named.put("none", null);
    named.put("a \"name\"", new Value.Whole(1));
    named.put("h\u00e9", new Value.Many(all));
    named.put("last", new Value.Pairs(new LinkedHashMap<>(named)));
    check(new Value.Many(all));
    check(new Value.Pairs(named));
  }

  @Test
  void everyCharacterIsTheSame() throws IOException {
    for (int point = 0; point < 0x3000; point++) {
      check(new Value.Text("a" + Character.toString(point) + "b"));
    }
    for (int point : new int[] {0xd7ff, 0xe000, 0xfeff, 0xffff, 0x1f600, 0xe0001, 0x10ffff}) {
      check(new Value.Text(Character.toString(point)));
    }
    check(new Value.Text("\ud800 alone"));
  }

  @Test
  void anyBytesAreTheSame() throws IOException {
    Random random = new Random(8);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      check(new Value.Bytes(bytes));
      check(new Value.Data(bytes));
      check(new Value.Text(new String(bytes, ISO_8859_1)));
    }
  }

  @Test
  void anObjectLeavesOutWhatIsOptionalAndUnknown() throws IOException {
    List<Column.Heading> headings =
        List.of(
            new Column.Heading("first", "FIRST", true),
            new Column.Heading("second", "SECOND", false),
            new Column.Heading("third", "THIRD", true));
    for (Value first : Arrays.asList(null, new Value.Whole(1))) {
      for (Value second : Arrays.asList(null, new Value.Text("b"))) {
        List<Cell> cells =
            List.of(new Cell(first, null), new Cell(second, null), new Cell(null, null));
        ByteText text = new ByteText(0);
        new CompactJson(text).object(new CompactJson.Names(headings), cells);
        StringBuilder expected = new StringBuilder();
        new JsonText(new BuilderWriter(expected), true).object(headings, cells);
        assertThat(text.toString()).isEqualTo(expected.toString());
      }
    }
  }

  @Test
  void anObjectOfNothingIsEmpty() throws IOException {
    ByteText text = new ByteText(0);
    new CompactJson(text).object(new CompactJson.Names(List.of()), List.of());
    assertThat(text.toString()).isEqualTo("{}");
  }
}
