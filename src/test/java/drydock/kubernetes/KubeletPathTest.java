package drydock.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.kubernetes.KubeletPath.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeletPathTest {
  private static final String UID = "aac173eb-3822-416a-824b-6ab614f74cbc";

  @Test
  void aVolumeIsToldByPodPluginAndName() {
    String path = "/var/lib/kubelet/pods/" + UID + "/volumes/kubernetes.io~csi/pvc-1/mount/a";
    assertThat(KubeletPath.parse(path))
        .contains(
            new KubeletPath(
                "/var/lib/kubelet", UID, Part.VOLUME, "kubernetes.io~csi", "pvc-1", null, null));
    assertThat(KubeletPath.parse(path).orElseThrow().volume(Origin.of("x")).orElseThrow().path())
        .isEqualTo("/var/lib/kubelet/pods/" + UID + "/volumes/kubernetes.io~csi/pvc-1/mount");
  }

  @Test
  void aSubPathIsToldByVolumeContainerAndIndex() {
    assertThat(KubeletPath.parse("/k/pods/" + UID + "/volume-subpaths/data/web/12"))
        .contains(new KubeletPath("/k", UID, Part.SUB_PATH, null, "data", "web", 12));
  }

  @Test
  void staticPodsHaveUidsWithoutHyphens() {
    String uid = "26dfebcf3d5e25534adf235f1510bfec";
    assertThat(KubeletPath.parse("/pods/" + uid + "/etc-hosts"))
        .contains(new KubeletPath("/", uid, Part.HOSTS, null, null, null, null));
    assertThat(KubeletPath.parse("/pods/" + uid + "/etc-hosts").orElseThrow().podDirectory())
        .isEqualTo("/pods/" + uid);
  }

  @Test
  void aTerminationLogIsToldByItsContainer() {
    assertThat(KubeletPath.parse("/k/pods/" + UID + "/containers/web/2f248442"))
        .contains(new KubeletPath("/k", UID, Part.TERMINATION_LOG, null, "web", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/var/lib/kubelet/pods",
        "/var/log/pods/default_web_" + UID + "/volumes/a/b",
        "/k/pods/" + UID,
        "/k/pods/" + UID + "/volumes/kubernetes.io~csi",
        "/k/pods/" + UID + "/volume-subpaths/data/web/99999999999",
        "/k/pods/" + UID + "/plugins/kubernetes.io~empty-dir/a"
      })
  void otherPathsAreNone(String path) {
    assertThat(KubeletPath.parse(path)).isEmpty();
  }
}
