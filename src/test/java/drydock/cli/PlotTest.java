package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code timeline --plot}. */
class PlotTest {
  private static final Pattern BAR =
      Pattern.compile("<title>(files read|files written|log lines)[^:<]*: (\\d+)</title>");

  @TempDir Path folder;

  private String picture(String... arguments) throws IOException {
    Path file = folder.resolve("picture.svg");
    String[] all = new String[arguments.length + 3];
    all[0] = "timeline";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--plot";
    all[all.length - 1] = file.toString();
    Cli.Result result = Cli.run(all);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    return Files.readString(file);
  }

  /** Bars and marks count the same events that the records tell. */
  @ParameterizedTest
  @ValueSource(strings = {"web", "exporter"})
  void eachEventOfAContainerIsInThePicture(String container) throws IOException {
    String node = Cli.node("gke-small");
    Map<String, Long> told = new TreeMap<>();
    for (JsonObject event :
        Cli.run("timeline", node, container, "-o", "jsonl", "--logs").records()) {
      String kind = event.get("kind").getAsString();
      boolean read = event.get("timestamp_desc").getAsString().equals("Last Access Time");
      String name =
          switch (kind) {
            case "file" -> read ? "files read" : "files written";
            case "log-line" -> "log lines";
            default -> "";
          };
      if (!name.isEmpty()) {
        told.merge(name, 1L, Long::sum);
      }
    }
    Map<String, Long> shown = new TreeMap<>();
    Matcher bars = BAR.matcher(picture(node, container, "--logs"));
    while (bars.find()) {
      shown.merge(bars.group(1), Long.parseLong(bars.group(2)), Long::sum);
    }
    assertThat(shown).isEqualTo(told).hasSize(3);
  }

  @Test
  void theWholeNodeHasALaneForEachContainerAndIsTheSameTwice() throws IOException {
    String node = Cli.node("gke-ckpt");
    String picture = picture(node);
    assertThat(picture)
        .contains("<title>drydock timeline of node.qcow2</title>")
        .contains(">cart<", ">shop<", ">sidecar<", ">default/shop-7d9c<")
        .contains("<title>checkpoint taken: 2026-11-22 01:38:02 UTC: checkpoint /var/lib/kubelet/")
        .doesNotContain("<script", "href");
    assertThat(picture(node)).isEqualTo(picture);
    assertThat(picture(node, "--threads", "1")).isEqualTo(picture);
  }

  @Test
  void sinceAndUntilAreTheEndsOfTheAxis() throws IOException {
    String picture =
        picture(
            Cli.node("gke-small"),
            "--since",
            "2026-11-22T01:00:00Z",
            "--until",
            "2026-11-22T01:02:00Z");
    assertThat(picture).contains(">01:00:00<", ">01:01:50<").doesNotContain(">before<", ">after<");
  }

  @Test
  void onlyWhatIsTypedRightIsDone() {
    String node = Cli.node("gke-small");
    String file = folder.resolve("a.svg").toString();
    assertThat(Cli.run("timeline", node, "--plot", file, "-o", "jsonl").exit()).isEqualTo(2);
    assertThat(Cli.run("timeline", node, "--plot", file, "--output-file", file + "x").exit())
        .isEqualTo(2);
    assertThat(Cli.run("timeline", node, "--plot", file, "--md5").exit()).isEqualTo(2);
    assertThat(Cli.run("timeline", node, "--plot", node).exit()).isNotZero();
    assertThat(folder).isEmptyDirectory();
  }
}
