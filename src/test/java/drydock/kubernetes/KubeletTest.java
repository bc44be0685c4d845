package drydock.kubernetes;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.finding.FindingLog;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubeletTest {
  private static final String UID = "aac173eb-3822-416a-824b-6ab614f74cbc";
  private static final String POD_DATA =
      "{\"driverName\":\"d\",\"volumeHandle\":\"disks/one\",\"specVolID\":\"pvc-1\"}";
  private static final String NODE_DATA = "{\"driverName\":\"d\",\"volumeHandle\":\"disks/one\"}";

  private final FindingLog log = new FindingLog();

  private List<Volume> volumes(drydock.fs.Picture... below) throws IOException {
    return new Kubelet(PictureTree.labelled("node", dir("k", below)), "/k", log).volumes();
  }

  @Test
  void aVolumeOfCsiKnowsWhereTheNodeHadItByItsHandle() throws IOException {
    List<Volume> volumes =
        volumes(
            dir(
                "plugins",
                dir(
                    "kubernetes.io",
                    dir(
                        "csi",
                        dir("d", dir("4d1f", dir("globalmount"), file("vol_data.json", NODE_DATA))),
                        dir("pv", dir("pvc-2", dir("globalmount")))),
                    dir("gce-pd", dir("mounts", dir("disk-3"))))),
            dir(
                "pods",
                dir(
                    UID,
                    dir(
                        "volumes",
                        dir(
                            "kubernetes.io~csi",
                            dir("pvc-1", dir("mount"), file("vol_data.json", POD_DATA)))),
                    dir("volume-subpaths", dir("pvc-1"), dir("other")))));
    assertThat(volumes)
        .extracting(Volume::name, Volume::handle, Volume::path, Volume::globalPath)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "pvc-1",
                "disks/one",
                "/k/pods/" + UID + "/volumes/kubernetes.io~csi/pvc-1/mount",
                "/k/plugins/kubernetes.io/csi/d/4d1f/globalmount"),
            org.assertj.core.groups.Tuple.tuple("other", null, null, null),
            org.assertj.core.groups.Tuple.tuple(
                "pvc-2", null, null, "/k/plugins/kubernetes.io/csi/pv/pvc-2/globalmount"),
            org.assertj.core.groups.Tuple.tuple(
                null, "disk-3", null, "/k/plugins/kubernetes.io/gce-pd/mounts/disk-3"));
    assertThat(log.list()).isEmpty();
  }

  @Test
  void damagedJsonIsAFindingAndTheVolumeIsStillThere() throws IOException {
    List<Volume> volumes =
        volumes(
            dir(
                "pods",
                dir(
                    UID,
                    dir(
                        "volumes",
                        dir("kubernetes.io~csi", dir("a", file("vol_data.json", "{\"driver")))))));
    assertThat(volumes).extracting(Volume::name).containsExactly("a");
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void noKubeletNoVolumes() throws IOException {
    assertThat(volumes(file("pods", "not a directory"))).isEmpty();
  }

  @Test
  void aManifestTellsSubPathsAndVolumesInMemory() {
    String json =
        "{\"spec\":{\"volumes\":[{\"name\":\"shm\",\"emptyDir\":{\"medium\":\"Memory\"}},"
            + "{\"name\":\"tmp\",\"emptyDir\":{}}],\"containers\":[{\"name\":\"web\","
            + "\"volumeMounts\":[{\"name\":\"a\"},{\"name\":\"a\",\"subPath\":\"in/a\"}]}]}}";
    PodManifest manifest =
        PodManifest.of(
                Map.of("kubectl.kubernetes.io/last-applied-configuration", json), Origin.of("pod"))
            .orElseThrow();
    assertThat(manifest.subPath("web", 1)).contains("in/a");
    assertThat(manifest.subPath("web", 0)).isEmpty();
    assertThat(manifest.subPath("web", 2)).isEmpty();
    assertThat(manifest.subPath("db", 1)).isEmpty();
    assertThat(manifest.isInMemory("shm")).isTrue();
    assertThat(manifest.isInMemory("tmp")).isFalse();
    assertThat(PodManifest.of(Map.of(), Origin.of("pod"))).isEmpty();
  }
}
