package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint compared with the disk of its node, which was copied later. */
class CheckpointLaterTest {
  private static final Path TRUTH = Cli.FIXTURES.resolve("gke-ckpt/truth/live-vs-acquired.json");

  private static final String SHOP =
      "b6b96d58762d024fc90bc60e23d873cbf1a2874d28d16f25687d68f64b9e099e";

  @TempDir Path folder;

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
    assertThat(found).isEqualTo(truth(SHOP)).hasSize(7);
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

  /** A checkpoint, unpacked, with texts of its documents replaced in pairs. */
  private String altered(String name, String... texts) throws IOException {
    Path directory = Files.createDirectory(folder.resolve(name));
    for (Map.Entry<String, byte[]> each : CheckpointFixture.members(name).entrySet()) {
      Path file = directory.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      byte[] content = each.getValue();
      if (List.of("config.dump", "spec.dump", "status.dump").contains(each.getKey())) {
        String text = new String(content, StandardCharsets.UTF_8);
        for (int i = 0; i < texts.length; i += 2) {
          text = text.replace(texts[i], texts[i + 1]);
        }
        content = text.getBytes(StandardCharsets.UTF_8);
      }
      Files.write(file, content);
    }
    return directory.toString();
  }

  private static List<JsonObject> rows(String kind, String archive, String node) {
    Cli.Result result = Cli.run("checkpoint", "diff", archive, Cli.node(node), "-o", "jsonl");
    return result.records().stream()
        .filter(each -> each.get("kind").getAsString().equals(kind))
        .toList();
  }

  @Test
  void aContainerThatEndedIsToldWithWhatItEndedWith() throws IOException {
    String ended = "60e9e34462c41f830da98cc4a4618c12fafa3f914e41895999d82ae3b1fff1f2";
    List<JsonObject> rows = rows("container", altered("shop-2", SHOP, ended), "gke-small");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("change").getAsString()).isEqualTo("changed");
    JsonObject before = rows.get(0).getAsJsonObject("before");
    JsonObject after = rows.get(0).getAsJsonObject("after");
    assertThat(before.get("status").getAsString()).isEqualTo("running");
    assertThat(before.keySet()).containsExactlyInAnyOrder("status", "image", "started");
    assertThat(after.get("status").getAsString()).isEqualTo("exited");
    assertThat(after.get("exit_code").getAsInt()).isZero();
    assertThat(after.get("reason").getAsString()).isEqualTo("Completed");
    assertThat(after.keySet()).contains("finished", "image", "started").doesNotContain("id");
  }

  /** Under the name that it has in its pod. */
  @Test
  void aContainerThatWasMadeAgainHasAnotherId() throws IOException {
    String gone = "00".repeat(32);
    List<JsonObject> rows = rows("container", altered("shop-2", SHOP, gone), "gke-ckpt");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getAsJsonObject("before").get("id").getAsString()).isEqualTo(gone);
    assertThat(rows.get(0).getAsJsonObject("after").get("id").getAsString()).isEqualTo(SHOP);
    assertThat(rows.get(0).getAsJsonObject("before").keySet()).containsExactly("id");
  }

  @Test
  void anotherImageIsTold() throws IOException {
    String old = altered("shop-2", "web/shop:2.3.0", "web/shop:2.2.9");
    List<JsonObject> rows = rows("container", old, "gke-ckpt");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getAsJsonObject("before").toString()).contains("shop:2.2.9\"}");
    assertThat(rows.get(0).getAsJsonObject("after").toString()).contains("shop:2.3.0\"}");
  }

  @Test
  void whatItWasStartedWithIsComparedLeafByLeaf() throws IOException {
    String old =
        altered("shop-2", "SHOP_VERSION=", "SHOP_BUILD=", "\"/etc/shop.ini\"", "\"/etc/old.ini\"");
    Map<String, String> found = new TreeMap<>();
    for (JsonObject each : rows("spec", old, "gke-ckpt")) {
      found.put(each.get("what").getAsString(), each.get("before") + " -> " + each.get("after"));
    }

    assertThat(found).hasSize(2);
    assertThat(found.toString())
        .contains("SHOP_BUILD=2")
        .contains("SHOP_VERSION=2")
        .contains("/etc/old.ini");
    assertThat(found.keySet()).allMatch(each -> each.startsWith("spec"));
  }
}
