package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import drydock.truth.KernelListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * From the database to the bytes: the files of every container against the kernel's view of them.
 */
class RootFsTruthTest {
  /** Only indicative in the listings, which were made by reading the files. */
  private static final Set<String> NOT_COMPARED = Set.of("atime");

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void everyContainersFilesAreWhatTheKernelShows(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Runtime engine = node.engine();
      List<String> differences = new ArrayList<>();
      for (Container container : engine.containers()) {
        String file = container.namespace() + "-" + container.id() + ".jsonl.gz";
        KernelListing live = KernelListing.read(node.truth("rootfs/" + file));
        KernelListing found = KernelListing.of(engine.rootFs(container), node.log());
        assertThat(found.size()).isGreaterThan(1);
        for (String line : found.differences(live, NOT_COMPARED)) {
          differences.add(container.id() + " " + line);
        }
      }
      assertThat(differences.stream().limit(20)).isEmpty();
      assertThat(node.losses()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta-web", "delta-root", "delta-worker"})
  void dockersContainersAreFoundByTheirIds(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open("docker-containerd")) {
      Runtime engine = node.engine();
      Path folder = node.truth("containers/" + name);
      JsonObject layers =
          JsonParser.parseString(Files.readString(folder.resolve("layers.json"))).getAsJsonObject();
      Container container =
          engine.containers().stream()
              .filter(c -> c.id().equals(layers.get("id").getAsString()))
              .findFirst()
              .orElseThrow();
      List<String> paths =
          Stream.concat(
                  Stream.of(layers.get("upper").getAsString()),
                  layers.getAsJsonArray("lowers_top_first").asList().stream()
                      .map(path -> path.getAsString()))
              .toList();
      assertThat(engine.chain(container))
          .extracting(link -> link.snapshot().path())
          .isEqualTo(paths);
      KernelListing live = KernelListing.read(folder.resolve("merged.jsonl.gz"));
      KernelListing found = KernelListing.of(engine.rootFs(container), node.log());
      assertThat(found.differences(live, Set.of("atime", "ino")).stream().limit(20)).isEmpty();
      assertThat(node.losses()).isEmpty();
    }
  }
}
