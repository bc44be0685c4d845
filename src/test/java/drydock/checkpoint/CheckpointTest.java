package drydock.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.Entry;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CheckpointTest {
  static final List<String> ALL = CheckpointFixture.ALL;

  private final FindingLog log = new FindingLog();

  private Checkpoint open(String name) throws IOException {
    byte[] archive = Files.readAllBytes(CheckpointFixture.archive(name));
    List<Checkpoint> all = Checkpoint.open(new ArraySource(archive, Origin.of(name)), log);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void everyFileIsThereByteForByte(String name) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    collect("", open(name).directory(), found);
    Map<String, byte[]> expected = CheckpointFixture.members(name);

    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((path, bytes) -> assertThat(found.get(path)).as(path).isEqualTo(bytes));
    assertThat(log.list()).isEmpty();
  }

  private static void collect(String path, Node directory, Map<String, byte[]> into)
      throws IOException {
    for (Entry entry : directory.list()) {
      Node node = entry.node();
      if (node.meta().isDirectory()) {
        collect(path + entry.name() + "/", node, into);
      } else {
        into.put(path + entry.name(), node.content().allBytes(1 << 24));
      }
    }
  }

  @Test
  void podmanTellsOfItsContainer() throws IOException {
    Checkpoint counter = open("counter-podman");

    assertThat(counter.engine()).isEqualTo(Engine.PODMAN);
    assertThat(counter.facts().name()).isEqualTo("counter");
    assertThat(counter.facts().image()).isEqualTo("localhost/counter:blog");
    assertThat(counter.facts().runtime()).isEqualTo("runc");
    assertThat(counter.facts().created())
        .isEqualTo(Instant.parse("2026-11-21T23:02:37.989511027Z"));
    assertThat(counter.sizes().pages()).isEqualTo(73728);
  }

  @Test
  void containerdTellsOfItsContainerAndItsPod() throws IOException {
    Checkpoint shop = open("shop-1");

    assertThat(shop.engine()).isEqualTo(Engine.CONTAINERD);
    assertThat(shop.facts().name()).isEqualTo("shop");
    assertThat(shop.facts().pod()).isEqualTo("shop-7d9c");
    assertThat(shop.facts().namespace()).isEqualTo("default");
    assertThat(shop.facts().podUid()).isEqualTo("d6b3cf35-e3de-4195-8ede-7bf5c04b5c4d");
    assertThat(shop.facts().checkpointed())
        .isEqualTo(Instant.parse("2026-11-22T01:37:55.038184145Z"));
    assertThat(shop.facts().restoredAt()).isNull();
  }
}
