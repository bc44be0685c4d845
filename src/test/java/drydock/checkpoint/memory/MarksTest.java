package drydock.checkpoint.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import drydock.checkpoint.memory.search.PatternReader;
import drydock.finding.FindingLog;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every secret and mark of the fixtures is found where a plain search of the images finds it. */
class MarksTest {
  /** The list of marks has no more of one file. */
  private static final int LISTED = 8;

  private final FindingLog log = new FindingLog();

  @ParameterizedTest
  @CsvSource({"shop-1, 76", "shop-2, 105"})
  void everyMarkIsFoundAtItsAddress(String name, int places) throws Exception {
    Memory memory = MemoryFixture.open(name, log);
    List<JsonObject> marks = marks(name);
    PatternReader reader = new PatternReader(List.of(StandardCharsets.UTF_8), List.of(), false);
    for (int i = 0; i < marks.size(); i++) {
      Charset charset = charset(marks.get(i));
      byte[] raw = marks.get(i).get("text").getAsString().getBytes(charset);
      reader.hex(String.valueOf(i), HexFormat.of().formatHex(raw));
    }
    Map<Integer, Set<String>> found = new HashMap<>();
    new MemorySearch(memory, reader.patterns(), 8, 2, log)
        .run(
            Set.of(),
            hit -> found.computeIfAbsent(hit.pattern(), key -> new TreeSet<>()).add(text(hit)));

    int compared = 0;
    for (int i = 0; i < marks.size(); i++) {
      Set<String> expected = expected(marks.get(i));
      Set<String> ours = found.getOrDefault(i, Set.of());
      compared += expected.size();
      assertThat(ours).as(marks.get(i).toString()).containsAll(expected);
      if (expected.size() < LISTED) {
        assertThat(ours).as(marks.get(i).toString()).isEqualTo(expected);
      }
    }
    assertThat(compared).isEqualTo(places);
    assertThat(log.list()).isEmpty();
  }

  private static String text(Hit hit) {
    String file = hit.origin().label();
    String where = file.substring(file.lastIndexOf('/') + 1) + " " + hit.offset();
    if (hit.owner() == null || hit.kind().equals("memfd")) {
      return where;
    }
    return where + " " + hit.owner().pid() + " 0x" + Long.toHexString(hit.owner().address());
  }

  private static Set<String> expected(JsonObject mark) {
    Set<String> places = new TreeSet<>();
    for (JsonElement each : mark.getAsJsonArray("hits")) {
      JsonObject hit = each.getAsJsonObject();
      String file = hit.get("file").getAsString();
      if (file.startsWith("checkpoint/")) {
        String where = file.substring("checkpoint/".length()) + " " + hit.get("offset").getAsLong();
        places.add(
            hit.has("pid")
                ? where + " " + hit.get("pid").getAsInt() + " " + hit.get("address").getAsString()
                : where);
      }
    }
    return places;
  }

  private static List<JsonObject> marks(String name) throws Exception {
    List<JsonObject> marks = new ArrayList<>();
    for (JsonElement mark :
        JsonParser.parseString(CheckpointFixture.text(name, "marks.json")).getAsJsonArray()) {
      marks.add(mark.getAsJsonObject());
    }
    return marks;
  }

  private static Charset charset(JsonObject mark) {
    return Charset.forName(
        mark.get("encoding")
            .getAsString()
            .toUpperCase(Locale.ROOT)
            .replace("UTF-16-LE", "UTF-16LE"));
  }
}
