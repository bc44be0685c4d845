package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.runtime.Container;
import drydock.runtime.Mount;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers against {@code ctr containers info} of every container on the live nodes. */
class ContainerTruthTest {
  @ParameterizedTest
  @ValueSource(strings = {"gke-small", "gke-wp", "gke-ckpt", "k3s"})
  void everyRecordIsWhatCtrShowed(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Runtime engine = node.engine();
      Map<String, JsonObject> live = live(node);
      assertThat(engine.containers())
          .extracting(c -> c.namespace() + "/" + c.id())
          .containsExactlyInAnyOrderElementsOf(live.keySet());
      for (Container container : engine.containers()) {
        check(engine, container, live.get(container.namespace() + "/" + container.id()));
      }
      assertThat(node.losses()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta-web", "delta-root", "delta-worker"})
  void dockersContainersAreWhatCtrShowed(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open("docker-containerd")) {
      Runtime engine = node.engine();
      JsonObject live =
          JsonParser.parseString(node.text("ctr/container-" + name + ".json")).getAsJsonObject();
      assertThat(engine.containers())
          .extracting(Container::id)
          .containsExactlyInAnyOrderElementsOf(
              CtrTable.parse(node.text("ctr/containers.txt"), "CONTAINER", "IMAGE", "RUNTIME")
                  .stream()
                  .map(row -> row.get("CONTAINER"))
                  .toList());
      Container container =
          engine.containers().stream()
              .filter(c -> c.id().equals(live.get("ID").getAsString()))
              .findFirst()
              .orElseThrow();
      check(engine, container, live);
      assertThat(node.losses()).isEmpty();
    }
  }

  private static Map<String, JsonObject> live(FixtureNode node) throws IOException {
    Map<String, JsonObject> live = new TreeMap<>();
    try (Stream<Path> files = Files.walk(node.truth("live"))) {
      for (Path file : files.filter(f -> f.getParent().endsWith("container")).toList()) {
        String namespace = file.getParent().getParent().getFileName().toString();
        if (!namespace.equals("cri")) {
          JsonObject info = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
          live.put(namespace + "/" + info.get("ID").getAsString(), info);
        }
      }
    }
    return live;
  }

  private static void check(Runtime engine, Container container, JsonObject live)
      throws IOException {
    Map<String, String> labels = new TreeMap<>();
    live.get("Labels")
        .getAsJsonObject()
        .entrySet()
        .forEach(label -> labels.put(label.getKey(), label.getValue().getAsString()));
    JsonObject runtime = live.get("Runtime").getAsJsonObject();
    assertThat(container.labels()).isEqualTo(labels);
    assertThat(orEmpty(container.image())).isEqualTo(text(live, "Image"));
    assertThat(orEmpty(container.runtime())).isEqualTo(text(runtime, "Name"));
    assertThat(orEmpty(container.snapshotKey())).isEqualTo(text(live, "SnapshotKey"));
    assertThat(orEmpty(container.snapshotter())).isEqualTo(text(live, "Snapshotter"));
    assertThat(container.updated()).isEqualTo(Instant.parse(text(live, "UpdatedAt")));
    assertThat(container.pod() == null ? "" : sandboxUnlessItself(container))
        .isEqualTo(text(live, "SandboxID"));
    if (container.state().started() == null) {
      assertThat(container.state().created()).isEqualTo(Instant.parse(text(live, "CreatedAt")));
    }
    checkSpec(engine, container, live.get("Spec").getAsJsonObject());
    checkDocuments(engine, container, live, runtime);
  }

  private static String sandboxUnlessItself(Container container) {
    String sandbox = orEmpty(container.pod().sandboxId());
    return sandbox.equals(container.id()) ? "" : sandbox;
  }

  private static void checkSpec(Runtime engine, Container container, JsonObject live)
      throws IOException {
    String stored = new String(engine.spec(container), StandardCharsets.UTF_8);
    assertThat(JsonParser.parseString(stored)).isEqualTo(live);
    JsonObject process = live.get("process").getAsJsonObject();
    assertThat(container.command()).isEqualTo(texts(process.get("args")));
    assertThat(engine.environment(container)).isEqualTo(texts(process.get("env")));
    List<Mount> mounts = new ArrayList<>();
    for (JsonElement element : live.get("mounts").getAsJsonArray()) {
      JsonObject mount = element.getAsJsonObject();
      mounts.add(
          new Mount(
              mount.get("destination").getAsString(),
              mount.has("type") ? mount.get("type").getAsString() : null,
              mount.has("source") ? mount.get("source").getAsString() : null,
              mount.has("options") ? texts(mount.get("options")) : List.of()));
    }
    assertThat(engine.mounts(container)).isEqualTo(mounts);
    if (live.has("hostname")) {
      assertThat(container.hostname()).isEqualTo(live.get("hostname").getAsString());
    }
  }

  private static void checkDocuments(
      Runtime engine, Container container, JsonObject live, JsonObject runtime) throws IOException {
    Map<String, byte[]> documents = engine.documents(container);
    live.get("Extensions")
        .getAsJsonObject()
        .entrySet()
        .forEach(
            extension -> {
              String value = extension.getValue().getAsJsonObject().get("value").getAsString();
              String name =
                  extension.getKey().equals(CriContainer.EXTENSION)
                      ? "cri.metadata"
                      : "sandbox.metadata";
              assertThat(documents.get(name)).isEqualTo(Base64.getDecoder().decode(value));
            });
    if (runtime.get("Options") instanceof JsonObject options && options.has("type_url")) {
      byte[] value =
          options.has("value")
              ? Base64.getDecoder().decode(options.get("value").getAsString())
              : new byte[0];
      assertThat(documents.get("runtime.options"))
          .isEqualTo(TypedJson.of(new TypedValue(text(options, "type_url"), value)));
    } else {
      assertThat(documents).doesNotContainKey("runtime.options");
    }
  }

  private static List<String> texts(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  private static String text(JsonObject object, String key) {
    return object.has(key) && !object.get(key).isJsonNull() ? object.get(key).getAsString() : "";
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
