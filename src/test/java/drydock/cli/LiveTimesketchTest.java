package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.truth.TimesketchFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timesketch takes timelines as {@link TimesketchFile} says. Needs {@link LivePeers}. */
@Tag("live")
class LiveTimesketchTest {
  @TempDir static Path work;
  private static LivePeers peers;

  @BeforeAll
  static void find() throws Exception {
    peers = new LivePeers(work);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s", "docker-containerd"})
  void everyEventOfANodeIsTaken(String node) throws Exception {
    assertTaken(Cli.node(node));
  }

  @Test
  void hostileNamesAndTimesAreTaken() throws Exception {
    Path image = work.resolve("hostile.raw");
    peers.run("python3", "src/test/scripts/hostile_timeline.py", image.toString());
    assertTaken(image.toString());
  }

  private static void assertTaken(String evidence) throws Exception {
    Path json = written(evidence, "jsonl");
    List<TimesketchFile.Row> rows = TimesketchFile.jsonl(Files.readAllBytes(json));
    assertThat(taken("jsonl", json)).isEqualTo(rows);
    Path csv = written(evidence, "csv");
    assertThat(TimesketchFile.csv(Files.readAllBytes(csv))).isEqualTo(rows);
    List<TimesketchFile.Row> fit = new ArrayList<>();
    for (TimesketchFile.Row row : rows) {
      if (row.fitsCsv()) { // opened as text: the end of a line is one character
        String message = row.message().replace("\r\n", "\n").replace('\r', '\n');
        fit.add(new TimesketchFile.Row(row.time(), row.micros(), row.meaning(), message));
      }
    }
    assertThat(taken("csv", csv)).isEqualTo(fit);
  }

  private static Path written(String evidence, String format) throws Exception {
    Cli.Result result = Cli.run("timeline", evidence, "-o", format);
    assertThat(result.exit()).as(result.err()).isZero();
    return Files.write(Files.createTempFile(work, "timeline", "." + format), result.bytes());
  }

  private static List<TimesketchFile.Row> taken(String format, Path file) throws Exception {
    List<TimesketchFile.Row> rows = new ArrayList<>();
    for (String line : peers.timesketch(format, file)) {
      JsonObject row = JsonParser.parseString(line).getAsJsonObject();
      Instant time = OffsetDateTime.parse(row.get("datetime").getAsString()).toInstant();
      BigInteger micros = row.get("timestamp").getAsBigInteger();
      String meaning = row.get("timestamp_desc").getAsString();
      rows.add(new TimesketchFile.Row(time, micros, meaning, row.get("message").getAsString()));
    }
    return rows;
  }
}
