package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import drydock.fs.NameText;
import drydock.report.Escape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the layers of a container made of a path. */
class VersionsTest {
  private static final String NODE = Cli.node("gke-small");
  private static final String SNAPSHOTS =
      "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots";

  private static String text(JsonObject row, String name) {
    JsonElement value = row.get(name);
    return value == null || value.isJsonNull() ? "null" : value.getAsString();
  }

  private static List<String> versions(String path, String... more) {
    List<String> command = new ArrayList<>(List.of("stat", NODE, path, "-o", "jsonl"));
    command.addAll(List.of(more));
    List<String> said = new ArrayList<>();
    for (JsonElement each : Cli.run(command).records().get(0).getAsJsonArray("versions")) {
      JsonObject version = each.getAsJsonObject();
      String node = text(version, "node_path").replace(SNAPSHOTS, "");
      said.add(
          text(version, "layer")
              + " "
              + text(version, "state")
              + " "
              + text(version, "kind")
              + " "
              + node);
    }
    return said;
  }

  @Test
  void whatLiesBelowIsToldNewestFirst() {
    assertThat(versions("web:/usr/bin/ps"))
        .containsExactly("0 shown file /12/fs/usr/bin/ps", "7 hidden file /1/fs/usr/bin/ps");
    assertThat(versions("web:/etc/nginx/conf.d"))
        .containsExactly(
            "0 shown opaque /12/fs/etc/nginx/conf.d", "6 hidden directory /3/fs/etc/nginx/conf.d");
    assertThat(versions("web:/usr"))
        .startsWith("0 shown directory /12/fs/usr")
        .endsWith("7 merged directory /1/fs/usr");
  }

  @Test
  void whatIsUnderAMountIsToldBesideIt() {
    assertThat(versions("web:/etc/hosts")).containsExactly("0 shown file /12/fs/etc/hosts");
  }

  @Test
  void aDeletedPathIsShownByTheLayerThatHadIt() {
    String path = "web:/etc/deleted-in-a-layer.conf";
    Cli.Result gone = Cli.run("cat", NODE, path);
    assertThat(gone.exit()).isEqualTo(1);
    String was =
        gone.err().replaceAll("(?s).*; deleted in layer 3, 'cat --layer ([0-9]+)' has.*", "$1");
    assertThat(was).matches("[4-7]");
    assertThat(versions(path, "--layer", was).get(0))
        .isEqualTo("3 deletion whiteout /6/fs/etc/deleted-in-a-layer.conf");
    assertThat(Cli.run("cat", NODE, path, "--layer", was).exit()).isZero();
    assertThat(Cli.run("ls", NODE, "web:/usr/share/doc", "--layer", "1").out())
        .contains("/usr/share/doc/nginx\n");
    assertThat(Cli.run("ls", NODE, "web:/usr/share/doc").out()).doesNotContain("nginx");
  }

  /** Both sides of what a container changed, by versions and by {@code drift}. */
  @ParameterizedTest
  @CsvSource({"gke-small, web, 3", "gke-wp, wordpress, 10"})
  void theVersionBelowTheNewestIsWhatTheContainerBeganWith(
      String fixture, String container, int atLeast) {
    String node = Cli.node(fixture);
    Map<String, String> sides = new HashMap<>();
    List<String> command =
        new ArrayList<>(List.of("stat", node, "--hash", "--no-volumes", "-o", "jsonl"));
    for (JsonObject row : Cli.run("drift", node, container, "-o", "jsonl").records()) {
      boolean both = row.get("upper").isJsonObject() && row.get("lower").isJsonObject();
      boolean moved = text(row, "change").equals("moved");
      if (both && !moved && text(row, "type").equals("file")) {
        String path = text(row, "path");
        sides.put(
            path,
            text(row.getAsJsonObject("upper"), "sha256")
                + " "
                + text(row.getAsJsonObject("lower"), "sha256"));
        command.add(container + ":" + Escape.bytes(NameText.unescape(path)));
      }
    }
    Map<String, String> versions = new HashMap<>();
    for (JsonObject row : Cli.run(command).records()) {
      JsonArray all = row.getAsJsonArray("versions");
      versions.put(
          text(row, "path"),
          text(all.get(0).getAsJsonObject(), "sha256")
              + " "
              + text(all.get(1).getAsJsonObject(), "sha256"));
      for (JsonElement each : all) {
        hiddenContentIsTheNodesFile(node, container, text(row, "path"), each.getAsJsonObject());
      }
    }
    assertThat(versions).isEqualTo(sides).hasSizeGreaterThanOrEqualTo(atLeast);
  }

  private static void hiddenContentIsTheNodesFile(
      String node, String container, String path, JsonObject version) {
    if (text(version, "kind").equals("file")) {
      String typed = container + ":" + Escape.bytes(NameText.unescape(path));
      Cli.Result hidden = Cli.run("cat", node, typed, "--layer", text(version, "layer"));
      String there = Escape.bytes(NameText.unescape(text(version, "node_path")));
      assertThat(hidden.bytes()).as(typed).isEqualTo(Cli.run("cat", node, there).bytes());
    }
  }

  @Test
  void layersThatAreNotThereAreAMatterOfUsage() {
    assertThat(Cli.run("cat", NODE, "web:/etc/hosts", "--layer", "8").err())
        .startsWith("drydock: --layer 8: the container has the layers 0 to 7");
    assertThat(Cli.run("ls", NODE, "/etc", "--layer", "0").exit()).isEqualTo(2);
  }

  @Test
  void aNodeAndWholeSnapshotsHaveNoVersions() {
    assertThat(Cli.run("stat", NODE, "/etc", "-o", "jsonl").records().get(0).has("versions"))
        .isFalse();
    Cli.Result whole =
        Cli.run("stat", Cli.node("gke-wp"), "default:native-one:/etc", "-o", "jsonl");
    assertThat(whole.records().get(0).has("versions")).isFalse();
  }
}
