package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.runtime.Container;
import drydock.runtime.ContainerState;
import drydock.runtime.Pod;
import drydock.runtime.Role;
import drydock.runtime.Runtime;
import drydock.runtime.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers and pods against the verbose answers of the live CRI ({@code crictl inspect}, {@code
 * inspectp}).
 */
class CriTruthTest {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void everyContainerIsWhatCriShowed(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Map<String, JsonObject> live = live(node, "container");
      List<Container> containers =
          node.engine().containers().stream()
              .filter(c -> c.namespace().equals("k8s.io") && c.role() != Role.SANDBOX)
              .toList();
      assertThat(containers)
          .extracting(Container::id)
          .containsExactlyInAnyOrderElementsOf(live.keySet());
      for (Container container : containers) {
        check(container, live.get(container.id()));
      }
    }
  }

  private static void check(Container container, JsonObject live) {
    JsonObject status = live.getAsJsonObject("status");
    JsonObject info = live.getAsJsonObject("info").getAsJsonObject("info");
    JsonObject metadata = status.getAsJsonObject("metadata");
    JsonObject image = status.getAsJsonObject("image");
    assertThat(container.name()).isEqualTo(text(metadata, "name"));
    assertThat(container.attempt()).isEqualTo((int) number(metadata, "attempt"));
    assertThat(container.image()).isEqualTo(text(image, "image"));
    assertThat(container.logPath()).isEqualTo(text(status, "log_path"));
    assertThat(container.annotations()).isEqualTo(map(status, "annotations"));
    assertThat(container.labels()).containsAllEntriesOf(map(status, "labels"));
    assertThat(container.pod().sandboxId()).isEqualTo(text(info, "sandboxID"));
    assertThat(container.pod().name())
        .isEqualTo(map(status, "labels").get("io.kubernetes.pod.name"));
    assertThat(container.pod().namespace())
        .isEqualTo(map(status, "labels").get("io.kubernetes.pod.namespace"));
    assertThat(container.pod().uid()).isEqualTo(map(status, "labels").get("io.kubernetes.pod.uid"));
    ContainerState state = container.state();
    assertThat(state.status()).isEqualTo(Status.values()[(int) number(status, "state")]);
    assertThat(state.created()).isEqualTo(time(status, "created_at"));
    assertThat(state.started()).isEqualTo(time(status, "started_at"));
    assertThat(state.finished()).isEqualTo(time(status, "finished_at"));
    assertThat(state.message()).isEqualTo(text(status, "message"));
    assertThat(state.reason()).isEqualTo(text(status, "reason"));
    assertThat(state.exitCode() == null ? 0 : state.exitCode())
        .isEqualTo((int) number(status, "exit_code"));
    assertThat(state.pid() == null ? 0 : state.pid()).isEqualTo(number(info, "pid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void everyPodIsWhatCriShowed(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Runtime engine = node.engine();
      Map<String, JsonObject> live = live(node, "pod");
      assertThat(engine.pods())
          .extracting(Pod::sandboxId)
          .containsExactlyInAnyOrderElementsOf(live.keySet());
      Map<String, Set<String>> inside = new HashMap<>();
      live(node, "container")
          .forEach(
              (id, container) ->
                  inside
                      .computeIfAbsent(
                          text(
                              container.getAsJsonObject("info").getAsJsonObject("info"),
                              "sandboxID"),
                          sandbox -> new HashSet<>())
                      .add(id));
      for (Pod pod : engine.pods()) {
        check(pod, live.get(pod.sandboxId()));
        assertThat(new HashSet<>(pod.containers()))
            .isEqualTo(inside.getOrDefault(pod.sandboxId(), Set.of()));
      }
    }
  }

  private static void check(Pod pod, JsonObject live) {
    JsonObject status = live.getAsJsonObject("status");
    JsonObject metadata = status.getAsJsonObject("metadata");
    JsonObject info = live.getAsJsonObject("info").getAsJsonObject("info");
    JsonObject config = info.getAsJsonObject("config");
    assertThat(pod.name()).isEqualTo(text(metadata, "name"));
    assertThat(pod.namespace()).isEqualTo(text(metadata, "namespace"));
    assertThat(pod.uid()).isEqualTo(text(metadata, "uid"));
    assertThat(pod.attempt()).isEqualTo((int) number(metadata, "attempt"));
    assertThat(pod.created()).isEqualTo(time(status, "created_at"));
    assertThat(pod.status()).isEqualTo(number(status, "state") == 0 ? "ready" : "notready");
    assertThat(pod.labels()).isEqualTo(map(status, "labels"));
    assertThat(pod.annotations()).isEqualTo(map(status, "annotations"));
    assertThat(pod.logDirectory()).isEqualTo(text(config, "log_directory"));
    assertThat(pod.runtimeHandler()).isEqualTo(text(status, "runtime_handler"));
    JsonObject options =
        status.getAsJsonObject("linux").getAsJsonObject("namespaces").getAsJsonObject("options");
    assertThat(pod.hostNetwork()).isEqualTo(number(options, "network") == 2);
    if (config.has("hostname")) {
      assertThat(pod.hostname()).isEqualTo(text(config, "hostname"));
    }
    JsonObject sandbox = info.getAsJsonObject("sandboxMetadata").getAsJsonObject("Metadata");
    assertThat(pod.ips().isEmpty() ? null : pod.ips().get(0)).isEqualTo(text(sandbox, "IP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void whatRunsIsWhatHadARunningTask(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Map<String, Long> live = new TreeMap<>();
      for (Map<String, String> row :
          CtrTable.parse(node.text("live/k8s.io/tasks.txt"), "TASK", "PID", "STATUS")) {
        if (row.get("STATUS").equals("RUNNING")) {
          live.put(row.get("TASK"), Long.valueOf(row.get("PID")));
        }
      }
      Map<String, Long> found = new TreeMap<>();
      for (Container container : node.engine().containers()) {
        boolean running = container.state().status() == Status.RUNNING;
        if (running && container.namespace().equals("k8s.io")) {
          found.put(container.id(), container.state().pid());
        }
      }
      assertThat(found).isEqualTo(live);
    }
  }

  private static Map<String, JsonObject> live(FixtureNode node, String kind) throws IOException {
    Map<String, JsonObject> live = new TreeMap<>();
    try (Stream<Path> files = Files.list(node.truth("live/cri/" + kind))) {
      for (Path file : files.toList()) {
        JsonObject answer = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        live.put(text(answer.getAsJsonObject("status"), "id"), answer);
      }
    }
    return live;
  }

  private static String text(JsonObject object, String key) {
    return object.has(key)
            && !object.get(key).isJsonNull()
            && !object.get(key).getAsString().isEmpty()
        ? object.get(key).getAsString()
        : null;
  }

  private static long number(JsonObject object, String key) {
    return object.has(key) ? object.get(key).getAsLong() : 0;
  }

  private static Instant time(JsonObject object, String key) {
    long nanos = number(object, key);
    return nanos == 0
        ? null
        : Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
  }

  private static Map<String, String> map(JsonObject object, String key) {
    Map<String, String> map = new TreeMap<>();
    if (object.has(key)) {
      object
          .getAsJsonObject(key)
          .entrySet()
          .forEach(entry -> map.put(entry.getKey(), entry.getValue().getAsString()));
    }
    return map;
  }
}
