package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import drydock.fs.NameText;
import drydock.report.Escape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whose files of nodes are, against what containers show, what images say and what the disk has.
 */
class WhoseTest {
  private static final String NODE = Cli.node("gke-small");
  private static final String SNAPSHOTS =
      "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots";
  private static final String KUBELET =
      "/var/lib/kubelet/pods/c31ab849-7f26-4927-8c34-c222012fbe58";
  private static final String CRI = "/var/lib/containerd/io.containerd.grpc.v1.cri";
  private static final String WEB =
      "da18ca8a8a074b579c5c180ef4803ce4382a410d2f2627cbae3c51f0bedcb54a";
  private static final String FIELDS = "--columns";
  private static final String NOTE = "drydock: 1 note on the evidence; --findings FILE keeps all\n";

  /** Asks for every path of a node: what each container is told to see is what it shows. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s", "docker-containerd"})
  void everyPathOfEveryContainerLeadsBackToIt(String fixture, @TempDir Path folder)
      throws IOException {
    String node = Cli.node(fixture);
    Map<String, Set<String>> told = new HashMap<>();
    for (JsonObject row : whose(node, folder)) {
      for (JsonElement each : row.getAsJsonArray("containers")) {
        JsonObject use = each.getAsJsonObject();
        if (text(use, "seen").equals("yes")) {
          told.computeIfAbsent(text(use, "id") + text(use, "path"), key -> new TreeSet<>())
              .add(text(row, "inode") + " layer " + text(use, "layer"));
        }
      }
    }
    Map<String, Set<String>> shown = new HashMap<>();
    for (JsonObject container : Cli.run("list", "containers", node, "-o", "jsonl").records()) {
      String id = text(container, "id");
      for (JsonObject row :
          Cli.run("find", node, id + ":/", "-o", "jsonl", FIELDS, "path,inode,layer").records()) {
        if (!text(row, "inode").equals("null")) {
          shown.put(
              id + text(row, "path"), Set.of(text(row, "inode") + " layer " + text(row, "layer")));
        }
      }
    }
    assertThat(told).hasSizeGreaterThan(200);
    told.keySet()
        .removeIf(key -> told.get(key).equals(shown.get(key)) && shown.remove(key) != null);
    assertThat(shown).isEqualTo(told).isEmpty();
  }

  private static List<JsonObject> whose(String node, Path folder) throws IOException {
    Path list = folder.resolve("paths");
    List<String> lines = new ArrayList<>();
    for (JsonObject row : Cli.run("find", node, "/", "-o", "jsonl", FIELDS, "path").records()) {
      lines.add(Escape.bytes(NameText.unescape(text(row, "path"))));
    }
    Files.write(list, lines);
    String fields = "path,inode,present,containers";
    Cli.Result result =
        Cli.run("whose", node, "--from", list.toString(), "-o", "jsonl", FIELDS, fields);
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.records()).hasSameSizeAs(lines).allMatch(WhoseTest::isPresent);
    return result.records();
  }

  private static boolean isPresent(JsonObject row) {
    return row.get("present").getAsBoolean();
  }

  private static String text(JsonObject row, String name) {
    JsonElement value = row.get(name);
    return value == null || value.isJsonNull() ? "null" : value.getAsString();
  }

  @Test
  void aFileOfALayerIsToldWithItsHistoryImagesAndContainers() {
    Cli.Result result = Cli.run("whose", NODE, SNAPSHOTS + "/2/fs/usr/local/bin/exporter");
    assertThat(result.out())
        .isEqualTo(
            """
            path:             /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/2/fs/usr/local/bin/exporter
            type:             file
            inode:            7006
            present:          yes
            kind:             image-layer
            engine:           containerd
            snapshots:
              NAMESPACE  SNAPSHOTTER  KEY                  KIND       ID  PATH
              k8s.io     overlayfs    sha256:3867b1ef2982  committed  2   /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/2/fs
            path_in_snapshot: /usr/local/bin/exporter
            layer:
              digest:     sha256:25e9501499fa9b370d72992f723379855a5d249d3d7c6e16a3380ca0b2533b99
              diff_id:    sha256:bd0a9c235c16a68589609e3170b9228a3de8eec0aea6e567e61e68ac639f20a1
              chain_id:   sha256:3867b1ef298271cb65653d679d867d69a45da78e389d7eeb1425394a8da84582
              size:       38562
              step:       1
              created:    2021-11-28T16:01:39.123456789Z
              created_by: COPY exporter
              comment:    -
            images:
              NAMESPACE  NAME                                                                     DIGEST               LAYER_DIGEST         STEP  CREATED_BY
              k8s.io     europe-docker.pkg.dev/demo-shop/web/exporter:0.9                         sha256:8959cac64a8d  sha256:25e9501499fa     1  COPY exporter
              k8s.io     sha256:0e4439e27811554bc770b05dfbf37a6c9612385af9cf61e2eaead075d1faf7a2  sha256:8959cac64a8d  sha256:25e9501499fa     1  COPY exporter
            containers:
              NAMESPACE  POD_NAMESPACE  POD    NAME      ID            ATTEMPT  ROLE      STATUS   BY     LAYER  MOUNT  SEEN  PATH                     WHY
              k8s.io     shop           web-0  exporter  9379546a9ba4        0  workload  running  layer      1  -      yes   /usr/local/bin/exporter  -
            pods:
              NAMESPACE  NAME   UID
              shop       web-0  c31ab849-7f26-4927-8c34-c222012fbe58
            origin:           node.qcow2 > partition 1 > ext4 inode 7006
            """);
    assertThat(result.err()).isEqualTo(NOTE);
  }

  @Test
  void whatHidesAFileOfALayerIsTold() {
    JsonObject row = only(SNAPSHOTS + "/1/fs/usr/bin/ps");
    Map<String, String> seen = new HashMap<>();
    row.getAsJsonArray("containers")
        .forEach(
            each -> {
              JsonObject use = each.getAsJsonObject();
              seen.put(text(use, "name"), text(use, "seen") + " " + text(use, "why"));
            });
    assertThat(seen)
        .isEqualTo(
            Map.of(
                "exporter",
                "yes null",
                "migrate",
                "yes null",
                "web",
                "no replaced in layer 0 (" + SNAPSHOTS + "/12/fs/usr/bin/ps)"));
  }

  /** {@code /var} and the partition's own mount point are one directory. */
  @Test
  void everyPathToAFileTellsTheSame() {
    JsonObject one = only(SNAPSHOTS + "/12/fs/tmp/.x");
    JsonObject other = only("/mnt/stateful_partition" + SNAPSHOTS + "/12/fs/tmp/.x");
    one.remove("path");
    other.remove("path");
    assertThat(other).isEqualTo(one);
  }

  @Test
  void filesOfTheKubeletAndTheEngineAreOfPodsAndContainers() {
    assertThat(said(KUBELET + "/volumes/kubernetes.io~empty-dir/uploads/invoice.pdf.php"))
        .isEqualTo("volume uploads; mount web:/srv/site/uploads/invoice.pdf.php yes; web-0");
    assertThat(said(KUBELET + "/volumes/kubernetes.io~configmap/cfg/..data"))
        .isEqualTo("volume cfg; web-0");
    assertThat(
            said(
                KUBELET
                    + "/volumes/kubernetes.io~configmap/cfg/..2026_11_22_01_00_38.3129639106/config.ini"))
        .isEqualTo("volume cfg; mount web:/srv/site/config.ini yes; web-0");
    assertThat(said(KUBELET + "/volume-subpaths/cfg/web/1"))
        .isEqualTo("volume cfg; mount web:/srv/site/config.ini no; web-0");
    assertThat(said(KUBELET + "/containers/web/867f3888"))
        .isEqualTo("termination-log; state web; mount web:/dev/termination-log yes; web-0");
    assertThat(said(KUBELET + "/etc-hosts"))
        .isEqualTo(
            "etc-hosts; mount exporter:/etc/hosts yes; mount migrate:/etc/hosts yes;"
                + " mount web:/etc/hosts yes; web-0");
    assertThat(said("/var/log/pods/shop_web-0_c31ab849-7f26-4927-8c34-c222012fbe58/web/0.log"))
        .isEqualTo("log; log web; web-0");
    assertThat(said("/var/log/containers/web-0_shop_web-" + WEB + ".log"))
        .isEqualTo("log; log web; web-0");
    assertThat(said(CRI + "/containers/" + WEB + "/status"))
        .isEqualTo("container-state; state web; web-0");
    assertThat(said(SNAPSHOTS + "/12/work/work")).isEqualTo("overlay-work; state web; web-0");
    assertThat(said("/var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db"))
        .isEqualTo("database");
    assertThat(said("/etc/os-release")).isEqualTo("node");
  }

  private static String said(String path) {
    JsonObject row = only(path);
    List<String> words = new ArrayList<>();
    JsonElement volume = row.get("volume");
    words.add(
        text(row, "kind")
            + (volume.isJsonNull() ? "" : " " + text(volume.getAsJsonObject(), "name")));
    for (JsonElement each : row.getAsJsonArray("containers")) {
      JsonObject use = each.getAsJsonObject();
      String at = text(use, "path");
      words.add(
          text(use, "by")
              + " "
              + text(use, "name")
              + (at.equals("null") ? "" : ":" + at + " " + text(use, "seen")));
    }
    row.getAsJsonArray("pods").forEach(pod -> words.add(text(pod.getAsJsonObject(), "name")));
    return String.join("; ", words);
  }

  private static JsonObject only(String path) {
    List<JsonObject> rows = Cli.run("whose", NODE, path, "-o", "jsonl").records();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void aBlobIsOfTheImagesThatReferToIt() {
    Set<String> names = new HashSet<>();
    for (JsonObject blob : Cli.run("list", "content", NODE, "-o", "jsonl").records()) {
      String hex = text(blob, "digest").substring("sha256:".length());
      JsonObject row =
          only("/var/lib/containerd/io.containerd.content.v1.content/blobs/sha256/" + hex);
      assertThat(row.getAsJsonArray("images")).as(hex).isNotEmpty();
      row.getAsJsonArray("images")
          .forEach(image -> names.add(text(image.getAsJsonObject(), "name")));
    }
    assertThat(names).hasSize(6);
  }

  @Test
  void anInodeIsToldByItsPathsAndADeletedOneByAGuess() {
    String node = Cli.node("gke-wp");
    Cli.Result held =
        Cli.run("whose", node, "--partition", "1", "--inode", "135608", "-o", "jsonl");
    assertThat(held.records()).isNotEmpty().allMatch(row -> text(row, "inode").equals("135608"));
    JsonObject gone =
        Cli.run("whose", node, "--partition", "1", "--inode", "135581", "-o", "jsonl")
            .records()
            .get(0);
    assertThat(text(gone, "guess")).contains("a deleted name");
    assertThat(isPresent(gone)).isFalse();
    assertThat(text(gone, "kind")).isEqualTo("container-state");
    assertThat(text(gone, "note"))
        .startsWith("no record of the container or sandbox 4406b5383bf12d24");
    assertThat(Cli.run("whose", node, "--inode", "12").err()).contains("needs --partition");
  }

  /** The disk is found by itself, which is a guess. */
  @Test
  void aFileOnTheDiskOfAVolumeIsOfThePodsThatHadIt() {
    String path =
        "/var/lib/kubelet/plugins/kubernetes.io/csi/pd.csi.storage.gke.io/"
            + "4d1f0c5f0e5a3a5e93b04a1e4e0fd21e7bd2f4ca4e40b9f1b1b6b8b7a58b5d8c/globalmount/wp";
    String disk = Cli.FIXTURES.resolve("gke-wp/pvc.qcow2").toString();
    JsonObject row =
        Cli.run("whose", Cli.node("gke-wp"), path, "--disk", disk, "-o", "jsonl").records().get(0);
    assertThat(text(row, "kind")).isEqualTo("volume");
    assertThat(row.getAsJsonArray("containers"))
        .filteredOn(each -> text(each.getAsJsonObject(), "name").equals("wordpress"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(text(each.getAsJsonObject(), "path")).isEqualTo("/var/www/html");
              assertThat(text(each.getAsJsonObject(), "why")).startsWith("a guess");
            });
  }

  @Test
  void aPathThatIsNotThereIsToldByItsPlace() {
    Cli.Result result = Cli.run("whose", NODE, SNAPSHOTS + "/12/fs/tmp/gone", "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).startsWith("drydock: 1 path is not on the node;");
    JsonObject row = result.records().get(0);
    assertThat(isPresent(row)).isFalse();
    assertThat(text(row, "kind")).isEqualTo("container-layer");
    assertThat(text(row, "path_in_snapshot")).isEqualTo("/tmp/gone");
  }

  @Test
  void aListMayHoldAnything(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("hits");
    String lines = "\r\n\n/etc/os-release\r\nC:\\x\n/etc/\\x6fs-release\n/etc/";
    byte[] odd = {(byte) 0xff, 'x'};
    Files.write(list, lines.getBytes(StandardCharsets.UTF_8));
    Files.write(list, odd, java.nio.file.StandardOpenOption.APPEND);
    Cli.Result result = Cli.run("whose", NODE, "--from", list.toString(), "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.records())
        .extracting(row -> text(row, "path"))
        .containsExactly("/etc/os-release", "/etc/os-release", "/etc/\\xffx");
    assertThat(result.err()).contains("line 4 of ").contains("1 path is not on the node");
  }

  @Test
  void aRowOfATableIsShort(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("hits");
    Files.writeString(list, SNAPSHOTS + "/12/fs/tmp/.x\n" + SNAPSHOTS + "/1/fs/usr/bin/ps\n");
    assertThat(Cli.run("whose", NODE, "--from", list.toString()).out())
        .isEqualTo(
            """
            KIND             LAYER                IMAGES                                                                                            CONTAINERS                                                                                            PATH
            container-layer  -                    -                                                                                                 shop/web-0/web:/tmp/.x                                                                                /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs/tmp/.x
            image-layer      sha256:2b9560fbb026  europe-docker.pkg.dev/demo-shop/web/exporter:0.9; europe-docker.pkg.dev/demo-shop/web/site:1.4.2  shop/web-0/exporter:/usr/bin/ps; shop/web-0/migrate:/usr/bin/ps; shop/web-0/web:/usr/bin/ps [hidden]  /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/1/fs/usr/bin/ps
            """);
  }

  /** No recursion, and no work that grows with the square of what is typed. */
  @Test
  void pathsThatNoSystemTakesAreAnsweredAtOnce(@TempDir Path folder) throws IOException {
    Path list = folder.resolve("hits");
    Files.writeString(
        list,
        SNAPSHOTS
            + "/12/fs"
            + "/a".repeat(20_000)
            + "\n"
            + "/b".repeat(30_000)
            + "\n/var/log/containers/"
            + "_-".repeat(30_000)
            + "\n"
            + SNAPSHOTS
            + "/12/fs/tmp/../../../12/fs"
            + "/..".repeat(20_000)
            + "/etc\n");
    Cli.Result result = Cli.run("whose", NODE, "--from", list.toString(), "-o", "jsonl");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.records())
        .extracting(row -> text(row, "kind"))
        .containsExactly("container-layer", "node", "node", "node");
    assertThat(text(result.records().get(3), "path")).isEqualTo("/etc");
  }

  @Test
  void whatIsNoPathIsAMatterOfUsage() {
    Stream.of("web:/etc", "etc")
        .forEach(
            typed -> {
              Cli.Result result = Cli.run("whose", NODE, typed);
              assertThat(result.exit()).isEqualTo(2);
              assertThat(result.err()).contains("is no path on the node");
            });
    assertThat(Cli.run("whose", NODE).exit()).isEqualTo(2);
  }
}
