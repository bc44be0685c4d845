package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomlTest {
  @Test
  void theRootIsTheKeyOutsideAllTables() {
    Toml toml =
        Toml.parse(
            """
            # a comment
            version = 3   # another
            root = "/data/ctd" # where
            [plugins]
            root = "/not/this"
            """);
    assertThat(toml.text("root")).isEqualTo("/data/ctd");
  }

  @Test
  void tablesWithQuotedNamesAndRootsOfSnapshottersAreUnderstood() {
    EngineSettings settings =
        EngineSettings.of(
            Toml.parse(
                """
                root = '/r'
                [plugins."io.containerd.snapshotter.v1.overlayfs"]
                  root_path = "/fast/overlay"
                  options = ["a", "b"]
                [proxy_plugins]
                  [proxy_plugins.stargz]
                    type = "snapshot"
                    [proxy_plugins.stargz.exports]
                      root = "/var/lib/containerd-stargz-grpc/"
                [[other]]
                root = "/no"
                """));
    assertThat(settings.root()).isEqualTo("/r");
    assertThat(settings.snapshotterRoots())
        .isEqualTo(
            Map.of("overlayfs", "/fast/overlay", "stargz", "/var/lib/containerd-stargz-grpc/"));
  }

  @Test
  void importsMayStandOnSeveralLines() {
    Toml toml =
        Toml.parse(
            "imports = [ # all\n  \"/etc/a.toml\",\n  'b/*.toml', # b\n  [\"deep\"], 3,\n]\nroot='/x'");
    assertThat(toml.array("imports")).isEqualTo(List.of("/etc/a.toml", "b/*.toml"));
    assertThat(toml.text("root")).isEqualTo("/x");
  }

  @Test
  void escapesAndLongTextsAreRead() {
    Toml toml =
        Toml.parse(
            "a = \"x\\\"\\u00e9\\tz\"\nb = '''\nno \\n escape'''\nc.'d e' = \"f\"\nroot=\"/x\"");
    assertThat(toml.text("a")).isEqualTo("x\"é\tz");
    assertThat(toml.text("b")).isEqualTo("\nno \\n escape");
    assertThat(toml.texts()).containsEntry(List.of("c", "d e"), "f");
    assertThat(toml.text("root")).isEqualTo("/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root",
        "root =",
        "= \"x\"",
        "[",
        "[[",
        "]",
        "\"",
        "'''",
        "a = [",
        "a = [[[",
        "a = {x",
        "\u0000",
        "root = \"unfinished",
        "a.b.c",
        ".",
        "[a.\n",
        "root = \"\\u12",
        "root = \"\\Uffffffff\""
      })
  void whatIsNoTomlEnds(String text) {
    assertThat(Toml.parse(text).array("imports")).isEmpty();
    assertThat(Toml.parse(text + "\nroot2 = \"/y\"").texts()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*.toml", "a?.toml", "a1.t*", "*", "**"})
  void patternsMatchNames(String pattern) {
    assertThat(SettingsFiles.matches(pattern, "a1.toml")).isTrue();
    assertThat(SettingsFiles.matches(pattern + "x?", "a1.toml")).isFalse();
  }
}
