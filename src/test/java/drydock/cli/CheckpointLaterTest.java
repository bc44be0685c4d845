package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A checkpoint compared with the disk of its node, which was copied later. */
class CheckpointLaterTest {
  private static final Path TRUTH = Cli.FIXTURES.resolve("gke-ckpt/truth/live-vs-acquired.json");

  /** What an archive does not keep is told as different: nobody can know. */
  private static final Set<String> LOST_OF_SHOP =
      Set.of("/run/shop.sock", "/srv/shop/cart.php", "/var/log", "/var/tmp");

  private static Cli.Result diff(String name, String node) {
    String archive = CheckpointFixture.archive(name).toString();
    return Cli.run("checkpoint", "diff", archive, Cli.node(node), "-o", "jsonl");
  }

  private static Map<String, String> changes(Cli.Result result) {
    Map<String, String> changes = new TreeMap<>();
    for (JsonObject each : result.records()) {
      assertThat(each.get("kind").getAsString()).isEqualTo("file");
      changes.put(each.get("what").getAsString(), each.get("change").getAsString());
    }
    return changes;
  }

  /** What the disk has otherwise than the container had after its last checkpoint. */
  private static Map<String, String> truth(String id) throws IOException {
    JsonObject all = JsonParser.parseString(Files.readString(TRUTH)).getAsJsonObject();
    Map<String, String> changes = new TreeMap<>();
    for (JsonElement each : all.getAsJsonObject("k8s.io-" + id).getAsJsonArray("different")) {
      JsonObject file = each.getAsJsonObject();
      String fields = file.getAsJsonArray("fields").toString();
      String change =
          fields.contains("only live")
              ? "removed"
              : fields.contains("only acquired") ? "added" : "changed";
      changes.put(file.get("path").getAsString(), change);
    }
    return changes;
  }

  @Test
  void whatWasDoneAfterTheCheckpointIsOnTheDisk() throws IOException {
    Cli.Result result = diff("shop-2", "gke-ckpt");
    assertThat(result.exit()).as(result.err()).isZero();
    Map<String, String> found = changes(result);

    assertThat(found.keySet()).containsAll(LOST_OF_SHOP);
    found.keySet().removeAll(LOST_OF_SHOP);
    assertThat(found)
        .isEqualTo(truth("b6b96d58762d024fc90bc60e23d873cbf1a2874d28d16f25687d68f64b9e099e"))
        .hasSize(7);
  }

  @Test
  void anEarlierCheckpointDiffersInAllThatCameSince() {
    Map<String, String> found = changes(diff("shop-1", "gke-ckpt"));

    assertThat(found)
        .containsEntry("/tmp/dropped", "removed")
        .containsEntry("/tmp/.x/kdevtmpfsi", "added")
        .containsEntry("/usr/bin/su", "changed")
        .containsEntry("/srv/shop/index.php", "removed")
        .containsEntry("/var/www/late.php", "added")
        .containsEntry("/srv/shop/checkout.php", "changed")
        .doesNotContainKeys("/usr", "/srv", "/root");
  }

  @Test
  void ofAContainerThatWentOnAsBeforeOnlyWhatArchivesLoseIsTold() {
    assertThat(changes(diff("sidecar", "gke-ckpt")))
        .isEqualTo(Map.of("/tmp", "changed", "/tmp/ctl.sock", "added"));
  }

  @Test
  void aNodeThatHasNoneOfTheContainerIsToldSo() {
    Cli.Result result = diff("shop-2", "gke-small");

    assertThat(result.records()).hasSize(1);
    JsonObject row = result.records().get(0);
    assertThat(row.get("kind").getAsString()).isEqualTo("container");
    assertThat(row.get("change").getAsString()).isEqualTo("removed");
    assertThat(row.get("what").getAsString()).isEqualTo("shop");
    assertThat(row.getAsJsonObject("before").get("status").getAsString()).isEqualTo("running");
  }

  @Test
  void whatIsNeitherCheckpointNorNodeIsAnError() throws IOException {
    String archive = CheckpointFixture.archive("sidecar").toString();
    String other = Cli.FIXTURES.resolve("gke-ckpt/README.md").toString();

    Cli.Result result = Cli.run("checkpoint", "diff", archive, other);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.bytes()).isEmpty();
  }
}
