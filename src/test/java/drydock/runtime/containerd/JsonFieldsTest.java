package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.bytes.CorruptDataException;
import drydock.bytes.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
  private static final String SPEC =
      """
      {"process":{"args":["/a","b"],"env":["X=1"],"cwd":"/"},"hostname":"h",
       "annotations":{"k":"v","n":1},"linux":{"namespaces":[{"type":"ipc","path":"/proc/836/ns/ipc"}],
       "seccomp":{"syscalls":[{"names":["read"]}]}},"mounts":[{"destination":"/m","options":["ro"]}]}""";

  @Test
  void fieldsAreTakenFromWhereTheyAre() throws IOException {
    SpecHead spec = SpecHead.decode(SPEC.getBytes(StandardCharsets.UTF_8), Origin.of("t"));
    assertThat(spec.args()).containsExactly("/a", "b");
    assertThat(spec.hostname()).isEqualTo("h");
    assertThat(spec.annotations()).isEqualTo(Map.of("k", "v"));
    assertThat(spec.sandboxPid()).isEqualTo(836);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"process\":null}",
        "{\"process\":[],\"hostname\":7,\"linux\":\"x\",\"annotations\":[]}",
        "{\"process\":{\"args\":{}},\"linux\":{\"namespaces\":[1,null,{\"path\":\"/proc//ns/x\"}]}}"
      })
  void whatIsNotThereOrOfAnotherKindIsUnknown(String json) throws IOException {
    SpecHead spec = SpecHead.decode(json.getBytes(StandardCharsets.UTF_8), Origin.of("t"));
    assertThat(spec.args()).isEmpty();
    assertThat(spec.hostname()).isNull();
    assertThat(spec.annotations()).isEmpty();
    assertThat(spec.sandboxPid()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "[]", "{", "{\"process\":", "{'a':1", "\u0000"})
  void whatIsNoJsonObjectIsRefused(String json) {
    assertThatThrownBy(() -> SpecHead.decode(json.getBytes(StandardCharsets.UTF_8), Origin.of("t")))
        .isInstanceOf(CorruptDataException.class);
  }

  @Test
  void nestingWithoutEndIsRefused() {
    for (String open : new String[] {"[", "{\"a\":"}) {
      byte[] json = ("{\"annotations\":" + open.repeat(200_000)).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> SpecHead.decode(json, Origin.of("t")))
          .isInstanceOf(CorruptDataException.class);
      byte[] skipped = ("{\"other\":" + open.repeat(200_000)).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> SpecHead.decode(skipped, Origin.of("t")))
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void flippedBitsEndInOurExceptionOrAnAnswer() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      byte[] json = SPEC.getBytes(StandardCharsets.UTF_8);
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        json[random.nextInt(json.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        SpecHead.decode(json, Origin.of("t"));
        CriSandbox.decode(json, Origin.of("t"));
        CriStatus.decode(json, Origin.of("t"));
      } catch (IOException e) {
        assertThat(e).isInstanceOf(CorruptDataException.class);
      }
    }
  }
}
