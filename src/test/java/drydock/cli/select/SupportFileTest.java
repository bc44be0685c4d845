package drydock.cli.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import drydock.bytes.Origin;
import drydock.runtime.Container;
import drydock.runtime.ContainerState;
import drydock.runtime.PodRef;
import drydock.runtime.Role;
import drydock.runtime.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportFileTest {
  @TempDir Path folder;

  @Test
  void imagesNamesAndLabelsEachNameContainers() throws IOException {
    SupportFile file =
        read(
            """
            ---
            names:
              - Konnectivity-agent
            images:
              - gke.gcr.io/fluent-bit
              #- gke.gcr.io/proxy-agent
            labels:
              - io.kubernetes.pod.namespace=kube-system
            """);
    assertThat(file.names(container("gke.gcr.io/fluent-bit:v1", "a", Map.of()))).isTrue();
    assertThat(file.names(container("GKE.gcr.io/fluent-bit-exporter@sha256:0", "a", Map.of())))
        .isTrue();
    assertThat(file.names(container("gke.gcr.io/proxy-agent:1", "a", Map.of()))).isFalse();
    assertThat(file.names(container("x", "konnectivity-agent-5f8c", Map.of()))).isTrue();
    assertThat(
            file.names(container("x", "a", Map.of("io.kubernetes.pod.namespace", "kube-system"))))
        .isTrue();
    assertThat(file.names(container("x", "a", Map.of("io.kubernetes.pod.namespace", "shop"))))
        .isFalse();
  }

  @Test
  void fileThatIsNoneIsAnErrorThatNamesIt() {
    assertThatIOException()
        .isThrownBy(() -> read("just text"))
        .withMessageContaining("support.yaml");
    assertThatIOException().isThrownBy(() -> read("a: [")).withMessageContaining("no YAML");
    assertThatIOException().isThrownBy(() -> read("x: &a [*a]\n? &a [*a]\n: 1\n"));
  }

  private SupportFile read(String yaml) throws IOException {
    Path file = folder.resolve("support.yaml");
    Files.writeString(file, yaml);
    return SupportFile.read(file);
  }

  private static Container container(String image, String pod, Map<String, String> labels) {
    ContainerState state =
        new ContainerState(Status.UNKNOWN, null, null, null, null, null, null, null);
    return new Container(
        "containerd",
        "k8s.io",
        "id",
        "name",
        new PodRef("ns", pod, null, null),
        null,
        image,
        null,
        List.of(),
        state,
        null,
        Role.WORKLOAD,
        labels,
        Map.of(),
        null,
        null,
        null,
        null,
        null,
        Origin.of("test"));
  }
}
