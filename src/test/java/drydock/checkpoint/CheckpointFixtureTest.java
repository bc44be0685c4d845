package drydock.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFixtureTest {
  @ParameterizedTest
  @CsvSource({
    "counter-podman, 33, 23",
    "counter-later-podman, 33, 0",
    "multi-podman, 59, 45",
    "shop-1, 61, 131",
    "shop-2, 76, 179",
    "sidecar, 60, 137",
  })
  void archivesAndTruthAreWhole(String name, int members, int truths) throws Exception {
    Set<String> files = CheckpointFixture.members(name).keySet();

    assertThat(files).hasSize(members).contains("checkpoint/inventory.img");
    if (truths > 0) {
      assertThat(CheckpointFixture.truths(name).keySet()).hasSize(truths);
    }
  }
}
