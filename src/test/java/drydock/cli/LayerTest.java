package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer that rows of files tell. */
class LayerTest {
  private static final String NODE = Cli.node("gke-wp");

  /**
   * Its snapshots are whole copies, so what it shows lies in the top one, whatever it began with.
   */
  @ParameterizedTest
  @ValueSource(strings = {"ls -R", "ls", "ls -d", "stat", "find", "find --layer 0", "hash"})
  void allFilesOfANativeSnapshotAreInTheContainersOwnLayer(String command) {
    assertThat(layers(command, "native-one:/")).isNotEmpty().allMatch("0"::equals);
  }

  @Test
  void noFileOfANativeSnapshotIsFromBelow() {
    assertThat(layers("find --layer 1", "native-one:/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls", "stat", "find --max-depth 1"})
  void filesOfTheNodeHaveNoLayer(String command) {
    assertThat(layers(command, "/var")).isNotEmpty().allMatch("null"::equals);
  }

  @Test
  void filesOfAMergedViewTellWhichLayerTheyAreFrom() {
    assertThat(layers("find", "default:rogue:/")).contains("0", "1");
  }

  @Test
  void whatWasMountedHasNoLayer() {
    Cli.Result result = Cli.run("find", NODE, "default:rogue:/", "--layer", "0", "-o", "jsonl");
    assertThat(result.records()).isNotEmpty().noneMatch(row -> row.has("mount"));
  }

  /** Those of files that were not mounted. */
  private static List<String> layers(String command, String path) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of(NODE, path, "-o", "jsonl"));
    Cli.Result result = Cli.run(arguments);
    assertThat(result.exit()).as(result.err()).isZero();
    return result.records().stream()
        .filter(row -> !row.has("mount"))
        .map(row -> row.get("layer").toString())
        .toList();
  }
}
