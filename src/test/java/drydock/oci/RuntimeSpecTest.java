package drydock.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeSpecTest {
  private static final Origin ORIGIN = Origin.of("spec");

  private static RuntimeSpec decode(String json) throws CorruptDataException {
    return RuntimeSpec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gke-wp", "gke-small", "gke-ckpt", "k3s"})
  void everySpecOfTheLiveSystemIsReadWhole(String node) throws IOException {
    Path live = Path.of(System.getProperty("fixtures", "fixtures"), node, "truth", "live");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(live)) {
      files =
          walk.filter(f -> f.toString().matches(".*/(k8s\\.io|default)/container/.*\\.json"))
              .sorted()
              .toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      JsonObject json =
          JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonObject("Spec");
      check(RuntimeSpec.decode(json.toString().getBytes(StandardCharsets.UTF_8), ORIGIN), json);
    }
  }

  private static void check(RuntimeSpec spec, JsonObject json) {
    assertThat(spec.faults()).isEmpty();
    JsonObject process = json.getAsJsonObject("process");
    assertThat(spec.args()).isEqualTo(texts(process, "args"));
    assertThat(spec.env()).isEqualTo(texts(process, "env"));
    assertThat(spec.process().cwd()).isEqualTo(process.get("cwd").getAsString());
    assertThat(spec.process().user().uid())
        .isEqualTo(process.getAsJsonObject("user").get("uid").getAsLong());
    JsonObject capabilities = process.getAsJsonObject("capabilities");
    assertThat(spec.process().capabilities().bounding())
        .isEqualTo(capabilities == null ? List.of() : texts(capabilities, "bounding"));
    JsonArray mounts = json.getAsJsonArray("mounts");
    assertThat(spec.mounts()).hasSize(mounts.size());
    for (int i = 0; i < mounts.size(); i++) {
      JsonObject mount = mounts.get(i).getAsJsonObject();
      assertThat(spec.mounts().get(i).destination())
          .isEqualTo(mount.get("destination").getAsString());
      assertThat(spec.mounts().get(i).source()).isEqualTo(mount.get("source").getAsString());
      assertThat(spec.mounts().get(i).options()).isEqualTo(texts(mount, "options"));
    }
    JsonArray namespaces = json.getAsJsonObject("linux").getAsJsonArray("namespaces");
    assertThat(spec.linux().namespaces()).hasSize(namespaces.size());
    for (JsonElement namespace : namespaces) {
      JsonElement path = namespace.getAsJsonObject().get("path");
      assertThat(
              spec.linux()
                  .namespace(namespace.getAsJsonObject().get("type").getAsString())
                  .orElseThrow()
                  .path())
          .isEqualTo(path == null ? null : path.getAsString());
    }
    assertThat(spec.annotations().keySet())
        .isEqualTo(
            json.has("annotations")
                ? json.getAsJsonObject("annotations").keySet()
                : java.util.Set.of());
  }

  private static List<String> texts(JsonObject object, String name) {
    return object.has(name)
        ? StreamSupport.stream(object.getAsJsonArray(name).spliterator(), false)
            .map(JsonElement::getAsString)
            .toList()
        : List.of();
  }

  @Test
  void aSpecWithoutItsPartsIsStillASpec() throws CorruptDataException {
    RuntimeSpec spec = decode("{}");
    assertThat(spec.linux()).isNull();
    assertThat(spec.process()).isNull();
    assertThat(spec.args()).isEmpty();
    assertThat(spec.env()).isEmpty();
    assertThat(spec.mounts()).isEmpty();
    assertThat(decode("{'process':{},'linux':{}}").process().user().uid()).isNull();
    assertThat(spec.faults()).isEmpty();
  }

  @Test
  void partsOfTheWrongKindAreLeftOutAndNamed() throws CorruptDataException {
    RuntimeSpec spec =
        decode(
            "{'process':{'args':'sh','env':['A=1',2],'user':{'uid':'root'}},'linux':[],'mounts':[7,{'type':'bind'}]}");
    assertThat(spec.args()).isEmpty();
    assertThat(spec.env()).containsExactly("A=1");
    assertThat(spec.mounts()).hasSize(1);
    assertThat(spec.faults())
        .containsExactlyInAnyOrder(
            "process.args is not a list",
            "process.env[1] is not text",
            "process.user.uid is not a number",
            "linux is not an object",
            "mounts[0] is not an object");
  }

  @Test
  void hooksAreListedByStage() throws CorruptDataException {
    RuntimeSpec spec =
        decode(
            "{'hooks':{'poststop':[{'path':'/z'}],'createRuntime':[{'path':'/evil','args':['evil','-x'],'env':['K=V']}]}}");
    assertThat(spec.hooks())
        .containsExactly(
            new RuntimeSpec.Hook("createRuntime", "/evil", List.of("evil", "-x"), List.of("K=V")),
            new RuntimeSpec.Hook("poststop", "/z", List.of(), List.of()));
  }

  @Test
  void limitsWithoutBoundAreAllOnes() throws CorruptDataException {
    RuntimeSpec spec =
        decode(
            "{'process':{'rlimits':[{'type':'RLIMIT_NOFILE','soft':1024,'hard':18446744073709551615}]}}");
    assertThat(spec.process().rlimits())
        .containsExactly(new ProcessSpec.Rlimit("RLIMIT_NOFILE", 1024L, -1L));
  }
}
