package drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.checkpoint.CheckpointFixture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What images tell is in inspect, too, and is what the commands of their own say. */
final class FrozenInspectionTest {
  private static JsonObject inspect(String archive) {
    String path = CheckpointFixture.archive(archive).toString();
    Cli.Result result = Cli.run("checkpoint", "inspect", path);
    assertThat(result.err()).isEmpty();
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter-podman", "counter-later-podman", "multi-podman", "shop-1"})
  void recordsAreThoseOfTheCommands(String archive) {
    JsonObject frozen = inspect(archive).getAsJsonObject("frozen");
    Map<String, String> commands =
        Map.of("processes", "ps", "descriptors", "files", "sockets", "sockets", "mounts", "mounts");
    commands.forEach(
        (name, command) -> {
          List<JsonObject> records = FrozenProcessesTest.run(command, archive);
          JsonArray all = new JsonArray();
          records.forEach(all::add);
          assertThat(frozen.getAsJsonArray(name)).isEqualTo(all);
        });
  }

  @Test
  void inventoryIsToldToPeople() {
    assertThat(inspect("shop-1").getAsJsonObject("inventory").get("img_version").getAsLong())
        .isEqualTo(2);
    String path = CheckpointFixture.archive("shop-1").toString();
    Cli.Result table = Cli.run("checkpoint", "inspect", path, "-o", "table");
    assertThat(table.out()).contains("img_version").doesNotContain("kworker");
  }
}
