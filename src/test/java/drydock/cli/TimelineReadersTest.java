package drydock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import drydock.truth.KernelListing;
import drydock.truth.MactimeBodyFile;
import drydock.truth.TimedRow;
import drydock.truth.TimesketchFile;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorted timelines of whole nodes, as those who take them in read them. */
class TimelineReadersTest {
  private static final List<String> MEANINGS =
      List.of(
          "Last Access Time",
          "Content Modification Time",
          "Metadata Modification Time",
          "Creation Time");
  private static final Map<String, String> MARKS =
      Map.of("deleted", "deleted", "reallocated", "deleted-realloc", "hidden", "deleted");

  private static final int L2T_FIELDS = 17;

  /** What is in one of the formats is in all, and what a body file has of files is, too. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-ckpt", "k3s", "docker-containerd"})
  void everyFormatHasAllEvents(String node) throws IOException {
    byte[] json = timeline(node, "-o", "jsonl");
    List<TimesketchFile.Row> rows = TimesketchFile.jsonl(json);
    assertThat(rows).hasSizeGreaterThan(2000);
    assertThat(TimesketchFile.csv(timeline(node, "-o", "csv"))).isEqualTo(rows);
    assertLines(rows, new String(timeline(node, "-o", "l2tcsv"), UTF_8));
    List<String> found = new ArrayList<>();
    for (JsonObject event : new Cli.Result(0, json, "").records()) {
      if (text(event, "kind").equals("file") && MEANINGS.contains(text(event, "timestamp_desc"))) {
        found.add(file(event));
      }
    }
    List<String> told = new ArrayList<>();
    for (TimedRow row : MactimeBodyFile.read(timeline(node, "--fraction"))) {
      for (int i = 0; i < MEANINGS.size(); i++) {
        if (row.times().get(i) != null) {
          String facts = row.path() + " " + row.mark() + " " + row.inode() + " " + row.size();
          told.add(facts + " " + MEANINGS.get(i) + " " + row.times().get(i));
        }
      }
    }
    found.sort(null);
    told.sort(null);
    assertThat(found).isEqualTo(told);
  }

  private static String file(JsonObject event) {
    JsonElement hex = event.get("path_hex");
    byte[] path =
        hex == null
            ? text(event, "path").getBytes(UTF_8)
            : HexFormat.of().parseHex(hex.getAsString());
    Instant time = Instant.parse(text(event, "datetime"));
    BigInteger nanos =
        BigInteger.valueOf(time.getEpochSecond())
            .multiply(BigInteger.valueOf(1_000_000_000))
            .add(BigInteger.valueOf(time.getNano()));
    return String.join(
        " ",
        KernelListing.escaped(path),
        event.has("fate") ? MARKS.get(text(event, "fate")) : "",
        text(event, "inode"),
        text(event, "size"),
        text(event, "timestamp_desc"),
        nanos.toString());
  }

  /**
   * log2timeline's CSV (plaso/output/l2t_csv.py and shared_dsv.py): a line an event, 17 fields,
   * none of them empty; but that a comma stands in quotes, and is not made a space.
   */
  private static void assertLines(List<TimesketchFile.Row> rows, String l2t) {
    List<List<String>> lines = TimesketchFile.rfc4180(l2t);
    assertThat(lines).hasSize(rows.size() + 1).allMatch(line -> line.size() == L2T_FIELDS);
    assertThat(l2t.lines()).hasSameSizeAs(lines);
    List<String> meanings = new ArrayList<>(); // those of one time and place are in any order
    List<String> told = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<String> line = lines.get(i + 1);
      assertThat(line).noneMatch(String::isBlank);
      assertThat(line.get(0)).matches("\\d\\d/\\d\\d/\\d{4}");
      assertThat(line.get(1)).matches("\\d\\d:\\d\\d:\\d\\d");
      assertThat(line.get(3)).matches("[M.][A.][C.][B.]");
      meanings.add(line.get(6));
      told.add(rows.get(i).meaning());
      assertThat(line.get(11)).isEqualTo("2");
      String time = rows.get(i).time().toString();
      String day = line.get(0);
      assertThat(day.substring(6) + "-" + day.substring(0, 2) + "-" + day.substring(3, 5))
          .isEqualTo(time.substring(0, 10));
      assertThat(line.get(1)).isEqualTo(time.substring(11, 19));
    }
    meanings.sort(null);
    told.sort(null);
    assertThat(meanings).isEqualTo(told);
  }

  private static byte[] timeline(String node, String... options) {
    List<String> words = new ArrayList<>(List.of("timeline", Cli.node(node)));
    words.addAll(List.of(options));
    Cli.Result result = Cli.run(words);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.bytes();
  }

  private static String text(JsonObject event, String field) {
    return event.get(field).getAsString();
  }
}
