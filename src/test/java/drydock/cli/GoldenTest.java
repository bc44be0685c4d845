package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What commands print of the small node; what it holds is in its {@code truth/}. */
class GoldenTest {
  private static final String NODE = Cli.node("gke-small");
  private static final Path TRUTH = Cli.FIXTURES.resolve("gke-small/truth");
  private static final String NOTE = "drydock: 1 note on the evidence; --findings FILE keeps all\n";

  @Test
  void containersAsTheLiveSystemHadThem() {
    Cli.Result result = Cli.run("list", "containers", NODE);
    assertThat(result.out())
        .isEqualTo(
            """
            NAMESPACE  POD         CONTAINER  ID            IMAGE                                             CREATED               STATUS                EXIT  PID  RESTARTS  ROLE
            k8s.io     shop/web-0  -          5b9ece42da45  gke.gcr.io/pause:3.8                              2026-11-22T01:00:39Z  running                  -  229         0  sandbox
            k8s.io     shop/web-0  exporter   9379546a9ba4  europe-docker.pkg.dev/demo-shop/web/exporter:0.9  2026-11-22T01:00:50Z  running                  -  319         0  workload
            k8s.io     shop/web-0  migrate    60e9e34462c4  europe-docker.pkg.dev/demo-shop/web/site:1.4.2    2026-11-22T01:00:48Z  exited (0) Completed     0    -         0  workload
            k8s.io     shop/web-0  web        da18ca8a8a07  europe-docker.pkg.dev/demo-shop/web/site:1.4.2    2026-11-22T01:00:49Z  running                  -  297         0  workload
            """);
    assertThat(result.err()).isEqualTo(NOTE);
    assertThat(result.exit()).isZero();
  }

  @Test
  void everyContainerAndPidThatTheLiveToolsListed() throws IOException {
    Map<String, String> live = new TreeMap<>();
    for (String line : Files.readAllLines(TRUTH.resolve("live/k8s.io/containers.txt"))) {
      if (!line.startsWith("CONTAINER")) {
        live.put(line.split(" +")[0], "null");
      }
    }
    for (String line : Files.readAllLines(TRUTH.resolve("live/k8s.io/tasks.txt"))) {
      if (!line.startsWith("TASK")) {
        live.put(line.split(" +")[0], line.split(" +")[1]);
      }
    }
    Map<String, String> ours = new TreeMap<>();
    for (JsonObject each : Cli.run("list", "containers", NODE, "-o", "jsonl").records()) {
      ours.put(each.get("id").getAsString(), each.get("pid").toString());
    }
    assertThat(ours).isEqualTo(live);
  }

  @Test
  void hidingIsCountedOnStandardError() {
    Cli.Result result =
        Cli.run("list", "containers", NODE, "--hide", "sandbox,support", "--columns", "name");
    assertThat(result.out()).isEqualTo("CONTAINER\nexporter\nmigrate\nweb\n");
    assertThat(result.err())
        .isEqualTo("drydock: 1 containers hidden by --hide sandbox,support\n" + NOTE);
  }

  @Test
  void quietSaysNothingOnStandardError() {
    assertThat(Cli.run("list", "pods", NODE, "--quiet").err()).isEmpty();
  }

  @Test
  void specIsTheSameDocumentThatTheLiveToolShowed() throws IOException {
    String id = "da18ca8a8a074b579c5c180ef4803ce4382a410d2f2627cbae3c51f0bedcb54a";
    Path live = TRUTH.resolve("live/k8s.io/container/" + id + ".json");
    JsonObject info = JsonParser.parseString(Files.readString(live)).getAsJsonObject();
    Cli.Result result = Cli.run("spec", NODE, "web");
    assertThat(JsonParser.parseString(result.out())).isEqualTo(info.get("Spec"));
    assertThat(result.out()).doesNotContain("\n");
  }

  @Test
  void inspectJoinsRecordPodImageSnapshotsMountsAndLogs() {
    JsonObject all =
        JsonParser.parseString(Cli.run("inspect", NODE, "web").out()).getAsJsonObject();
    assertThat(all.get("id").getAsString()).startsWith("da18ca8a8a07");
    assertThat(all.getAsJsonObject("pod_record").get("ip").getAsString()).isEqualTo("10.4.1.2");
    assertThat(all.getAsJsonObject("image_record").get("digest").getAsString())
        .startsWith("sha256:7063c23259af");
    assertThat(all.getAsJsonArray("snapshots")).hasSize(8);
    assertThat(all.getAsJsonArray("mounts")).hasSize(14);
    assertThat(all.getAsJsonArray("log_files")).hasSize(2);
    assertThat(all.getAsJsonObject("spec").has("ociVersion")).isTrue();
    assertThat(all.getAsJsonObject("documents").size()).isPositive();
  }

  @Test
  void environmentIsMaskedOnRequestOnly() {
    assertThat(Cli.run("env", NODE, "shop/web-0/web").out())
        .contains("DB_PASSWORD    s3cret-shop\n")
        .contains("SHOP_NAME      Demo & Söhne\n");
    assertThat(Cli.run("env", NODE, "shop/web-0/web", "--redact").out())
        .contains("DB_PASSWORD    [redacted]\n")
        .contains("SHOP_NAME      Demo & Söhne\n")
        .doesNotContain("s3cret");
  }

  @Test
  void environmentOfAllContainersNamesEach() {
    List<JsonObject> all = Cli.run("env", NODE, "-o", "jsonl").records();
    assertThat(all).hasSize(11);
    assertThat(all.get(0).get("origin").getAsString()).startsWith("node.qcow2 > ");
  }

  @Test
  void deletedNamesAreListedWithWhatTheyStoodFor() {
    Cli.Result result = Cli.run("ls", NODE, "web:/usr/share/doc", "web:/etc", "--deleted");
    assertThat(result.out())
        .contains("/etc/deleted-in-a-layer.conf [deleted in layer 3]\n")
        .contains("/usr/share/doc/nginx [deleted in layer 0]\n");
    assertThat(Cli.run("ls", NODE, "web:/etc").out()).doesNotContain("deleted");
  }

  @Test
  void fileCommandsGoOnAfterAPathThatIsNotThere() {
    Cli.Result result = Cli.run("cat", NODE, "web:/etc/nothing", "web:/etc/ld.so.preload");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEqualTo("/usr/local/lib/libh.so\n");
    assertThat(result.err()).startsWith("drydock: web:/etc/nothing: no such file: /etc/nothing\n");
  }

  @Test
  void mistypedContainerIsAUsageErrorThatNamesTheNearest() {
    Cli.Result result = Cli.run("ls", NODE, "wbe:/");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("drydock: no container is called 'wbe'; nearest: web\n");
  }

  @Test
  void depthIsCountedFromThePathThatWasTyped() {
    String depths = "web:/srv/site";
    assertThat(Cli.run("find", NODE, depths, "--max-depth", "0", "--columns", "path").out())
        .isEqualTo("PATH\n/srv/site\n");
    assertThat(Cli.run("find", NODE, depths, "--max-depth", "1", "--columns", "path").out())
        .contains("/srv/site/assets\n")
        .doesNotContain("/srv/site/assets/");
    assertThat(Cli.run("find", NODE, depths, "--columns", "path").out())
        .contains("/srv/site/assets/.thumb.php\n");
  }

  @Test
  void everyHostileNameCanBeTypedAsItIsPrinted() {
    String node = Cli.node("gke-wp");
    List<String> paths =
        Cli.run("find", node, "wordpress:/opt/names", "--columns", "path", "--no-header")
            .out()
            .lines()
            .map(line -> "wordpress:" + line.replaceFirst(" -> .*", ""))
            .toList();
    List<String> command = new ArrayList<>(List.of("stat", node, "-o", "jsonl"));
    command.addAll(paths);
    Cli.Result result = Cli.run(command);
    assertThat(result.exit()).isZero();
    assertThat(result.records()).hasSameSizeAs(paths).hasSizeGreaterThan(20);
  }

  @Test
  void everyPageOfADatabaseIsListedWithItsOwner() {
    String database = "/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db";
    List<JsonObject> pages =
        Cli.run("debug", "bolt", NODE, database, "--pages", "-o", "jsonl").records();
    assertThat(pages).extracting(page -> page.get("state").getAsString()).contains("meta", "used");
    assertThat(pages)
        .filteredOn(page -> page.get("state").getAsString().equals("used"))
        .allSatisfy(page -> assertThat(page.get("bucket").getAsString()).startsWith("/"));
    long next = 0;
    for (JsonObject page : pages) {
      assertThat(page.get("number").getAsLong()).isGreaterThanOrEqualTo(next);
      next = page.get("number").getAsLong() + 1;
    }
  }

  @Test
  void bareDatabaseIsShownInKeyOrder() {
    String database = "/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db";
    List<JsonObject> rows = Cli.run("debug", "bolt", NODE, database, "-o", "jsonl").records();
    assertThat(rows.get(0).get("key").getAsString()).isEqualTo("v1");
    assertThat(rows.get(1).toString()).contains("\"bucket\":[\"v1\"],\"key\":\"k8s.io\"");
  }
}
