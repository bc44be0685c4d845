package drydock.cli.select;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.oci.Digest;
import drydock.runtime.Image;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageSelectorTest {
  private static final String APP = "6c13" + "0".repeat(60);
  private static final String TOOL = "6c99" + "0".repeat(60);

  private static final List<Owned<Image>> ALL =
      List.of(
          image("lab", "registry.lab:5000/team/app:v1", APP),
          image("other", "registry.lab:5000/team/app:v1", APP),
          image("lab", "docker.io/library/tool:latest", TOOL),
          image("lab", "sha256:" + TOOL, TOOL));

  @Test
  void oneImageInTwoNamespacesIsTwo() {
    assertThat(names("registry.lab:5000/team/app:v1")).hasSize(2);
    assertThat(names("6c13")).hasSize(2);
  }

  @Test
  void runtimeNamespaceBeforeAColonNarrowsEveryForm() {
    String app = "other registry.lab:5000/team/app:v1";
    assertThat(names("other:registry.lab:5000/team/app:v1")).containsExactly(app);
    assertThat(names("other:6c13")).containsExactly(app);
    assertThat(names("other:sha256:" + APP)).containsExactly(app);
    assertThat(names("lab:tool")).containsExactly("lab docker.io/library/tool:latest");
    assertThat(names("other:tool")).isEmpty();
  }

  @Test
  void digestsAreNamedByTheirFirstDigitsAndNamesByTheirShortForm() {
    assertThat(names("6c99")).containsExactly("lab docker.io/library/tool:latest");
    assertThat(names("sha256:6c99")).containsExactly("lab docker.io/library/tool:latest");
    assertThat(names("tool")).containsExactly("lab docker.io/library/tool:latest");
    assertThat(names("6c9")).isEmpty();
  }

  private static List<String> names(String text) {
    return new ImageSelector(text)
        .among(ALL).found().stream()
            .map(each -> each.thing().namespace() + " " + each.thing().name())
            .toList();
  }

  private static Owned<Image> image(String namespace, String name, String hex) {
    Digest digest = Digest.parse("sha256:" + hex).orElseThrow();
    Origin origin = Origin.of("test");
    return new Owned<>(
        null,
        new Image(
            "containerd",
            namespace,
            name,
            digest,
            null,
            List.of(),
            null,
            null,
            null,
            Map.of(),
            origin));
  }
}
