package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code timeline --logs}: the lines that {@code logs} shows, on the same axis as all else. */
class LogTimelineTest {
  private static List<JsonObject> events(String... arguments) {
    List<String> all = new ArrayList<>(List.of("timeline"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("-o", "jsonl"));
    Cli.Result result = Cli.run(all);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.records();
  }

  private static String text(JsonObject row, String... fields) {
    List<String> texts = new ArrayList<>();
    for (String field : fields) {
      texts.add(String.valueOf(row.get(field)));
    }
    return String.join(" ", texts);
  }

  /** Those of every log that there is, with each attempt and those of deleted pods. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-ckpt", "k3s", "gke-wp"})
  void eachLineIsAnEventAtItsTime(String node) {
    List<String> told = new ArrayList<>();
    for (JsonObject event : events(Cli.node(node), "--logs", "--no-files", "--no-events")) {
      String time = event.get("datetime").getAsString().replaceFirst("\\.?0*Z$", "Z");
      told.add(
          time
              + " "
              + text(event, "stream", "message", "pod", "container", "pod_uid", "attempt")
              + " "
              + text(event, "container_id", "path", "offset", "origin").replace("null", "-"));
    }
    Set<String> seen = new HashSet<>();
    List<String> lines = new ArrayList<>();
    for (JsonObject log : Cli.run("logs", Cli.node(node), "-o", "jsonl").records()) {
      String name = text(log, "pod_uid", "container").replace("\"", "").replace(' ', '/');
      if (!seen.add(name)) {
        continue;
      }
      Cli.Result result = Cli.run("logs", Cli.node(node), name, "--all", "-o", "jsonl");
      for (JsonObject line : result.records()) {
        String time = line.get("time").getAsString().replaceFirst("\\.?0*Z$", "Z");
        lines.add(
            time
                + " "
                + text(line, "stream", "text", "pod", "container", "pod_uid", "attempt")
                + " "
                + text(line, "id", "file", "offset", "origin").replace("null", "-"));
      }
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(lines).hasSizeGreaterThan(20);
  }

  @Test
  void linesAreThereWhenTheyAreAskedForOnly() {
    String node = Cli.node("gke-small");
    int plain = events(node, "--no-files").size();
    int lines = events(node, "--kind", "log-line").size();
    assertThat(lines).isEqualTo(136);
    assertThat(events(node, "--no-files", "--logs")).hasSize(plain + lines);
    assertThat(events(node, "--kind", "log")).hasSize(1);
    assertThat(events(node, "--kind", "log", "--logs")).hasSize(1 + lines);
    List<JsonObject> own = events(node, "exporter", "--kind", "log-line");
    assertThat(own).hasSizeBetween(1, lines - 1);
    assertThat(own).allMatch(event -> event.get("container").getAsString().equals("exporter"));
    List<JsonObject> late = events(node, "--kind", "log-line", "--since", "2026-11-22T01:01:00Z");
    assertThat(late).hasSizeBetween(1, lines - 1);
    assertThat(Cli.run("timeline", node, "--logs").err()).contains("body file");
  }
}
