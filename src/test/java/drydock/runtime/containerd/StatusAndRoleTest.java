package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.runtime.Container;
import drydock.runtime.Role;
import drydock.runtime.Status;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusAndRoleTest {
  /** Of containers without the CRI plugin the disk proves only that one never started. */
  @ParameterizedTest
  @ValueSource(strings = {"gke-wp", "k3s"})
  void onlyWhatNeverStartedIsProved(String name) throws IOException {
    try (FixtureNode node = FixtureNode.open(name)) {
      Map<String, Status> found = new TreeMap<>();
      for (Container container : node.engine().containers()) {
        if (container.namespace().equals("default")) {
          found.put(container.id(), container.state().status());
          assertThat(container.state().created()).isNotNull();
          assertThat(container.name()).isEqualTo(container.id());
        }
      }
      assertThat(found)
          .isEqualTo(
              Map.of(
                  "never-started", Status.CREATED,
                  "exited-one", Status.UNKNOWN,
                  "native-one", Status.UNKNOWN,
                  "rogue", Status.UNKNOWN));
    }
  }

  @Test
  void kubeSystemIsSupportPauseIsSandboxAllElseIsWorkload() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-wp")) {
      for (Container container : node.engine().containers()) {
        boolean pause = "sandbox".equals(container.labels().get("io.cri-containerd.kind"));
        boolean system =
            container.pod() != null && "kube-system".equals(container.pod().namespace());
        Role expected = system ? Role.SUPPORT : Role.WORKLOAD;
        assertThat(container.role()).isEqualTo(pause ? Role.SANDBOX : expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kube-system,SUPPORT",
    "gke-managed-cim,SUPPORT",
    "gmp-system,SUPPORT",
    "default,WORKLOAD",
    "istio-system,WORKLOAD",
    "kube-systems,WORKLOAD",
    ",WORKLOAD"
  })
  void aPodsRoleIsThatOfItsNamespace(String namespace, Role role) {
    assertThat(Roles.ofPod(namespace)).isEqualTo(role);
  }
}
