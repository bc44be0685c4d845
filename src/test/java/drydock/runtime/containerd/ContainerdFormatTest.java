package drydock.runtime.containerd;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Lookup;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerdFormatTest {
  private final FindingLog log = new FindingLog();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/lib/containerd",
        "/var/lib/rancher/k3s/agent/containerd",
        "/var/lib/rancher/rke2/agent/containerd",
        "/var/snap/microk8s/common/var/lib/containerd",
        "/var/lib/k0s/containerd",
        "/var/lib/host-containerd",
        "/var/lib/docker/containerd/daemon",
        "/mnt/k8s-disks/0/containerd",
        "/var/lib/docker/volumes/4e3a0f/_data/lib/containerd",
        "/var/lib/docker/volumes/minikube/_data/lib/containerd",
        "/var/lib/containers/storage/volumes/9bd1/_data/lib/containerd"
      })
  void itIsFoundWhereDistributionsPutIt(String path) throws IOException {
    assertThat(find(null, at(path))).containsExactly(path);
  }

  @Test
  void severalEnginesOfANodeAreAllFound() throws IOException {
    PictureTree node =
        PictureTree.of(
            dir(
                "var",
                dir(
                    "lib",
                    engine("containerd"),
                    dir("docker", dir("containerd", engine("daemon"))))));
    assertThat(roots(new ContainerdFormat().find(node, null, log)))
        .containsExactly("/var/lib/containerd", "/var/lib/docker/containerd/daemon");
  }

  @Test
  void theConfigurationsRootAndThatOfItsImportsAreFollowed() throws IOException {
    Picture etc =
        dir(
            "etc",
            dir(
                "containerd",
                file("config.toml", "root = \"/a\"\nimports = [\"conf.d/*.toml\"]\n"),
                dir(
                    "conf.d",
                    file("10.toml", "root = \"/b\"\n"),
                    file("note.txt", "root = \"/c\""))));
    assertThat(find(null, etc, engine("a"), engine("b"), engine("c"))).containsExactly("/b");
  }

  @Test
  void configurationsThatImportEachOtherEnd() throws IOException {
    Picture etc =
        dir("etc", dir("containerd", file("config.toml", "imports = [\"*.toml\"]\nroot = '/a'")));
    assertThat(find(null, etc, engine("a"))).containsExactly("/a");
  }

  @Test
  void aRootBehindALinkIsFoundOnceUnderItsOwnName() throws IOException {
    Picture var = dir("var", dir("lib", link("containerd", "/data/ctd")));
    Picture etc = dir("etc", dir("containerd", file("config.toml", "root = \"/data/ctd\"")));
    assertThat(find(null, var, etc, dir("data", engine("ctd")))).containsExactly("/data/ctd");
  }

  @Test
  void aRootOnALocalDiskIsFoundBehindItsLink() throws IOException {
    Picture var = dir("var", dir("lib", link("containerd", "../../mnt/disks/ssd0/containerd")));
    Picture mnt = dir("mnt", dir("disks", dir("ssd0", engine("containerd"))));
    assertThat(find(null, var, mnt)).containsExactly("/mnt/disks/ssd0/containerd");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void aLinkToADiskThatIsNotThereIsMissingAndTheOtherEnginesAreFound() throws IOException {
    Picture var =
        dir(
            "var",
            dir(
                "lib",
                link("containerd", "/mnt/disks/ssd0/containerd"),
                dir("k0s", engine("containerd"))));
    assertThat(find(null, var, dir("mnt"))).containsExactly("/var/lib/k0s/containerd");
    assertThat(log.list())
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.MISSING);
    assertThat(log.list().get(0).what())
        .contains("/var/lib/containerd", "it leads to /mnt/disks/ssd0/containerd");
  }

  @Test
  void aRootThatAConfigurationMovedAndIsNotThereIsMissing() throws IOException {
    Picture etc = dir("etc", dir("containerd", file("config.toml", "root = \"/data/ctrd\"\n")));
    assertThat(find(null, etc, dir("data"))).isEmpty();
    assertThat(log.list())
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.MISSING);
    assertThat(log.list().get(0).what())
        .contains("/data/ctrd", "/etc/containerd/config.toml says so");
  }

  @Test
  void theUsualRootNeedNotBeThere() throws IOException {
    Picture etc =
        dir("etc", dir("containerd", file("config.toml", "root = '/var/lib/containerd'")));
    assertThat(find(null, etc, dir("var", dir("lib", dir("k0s", engine("containerd"))))))
        .containsExactly("/var/lib/k0s/containerd");
    assertThat(log.list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"k3s, data-dir: /srv/k", "rke2, data-dir: \"/srv/k\" # moved"})
  void aMovedDataDirectoryOfRancherIsFollowed(String name, String line) throws IOException {
    String yaml = "token: x\n" + line + "\nnode-label: [a]\n";
    Picture etc = dir("etc", dir("rancher", dir(name, file("config.yaml", yaml))));
    assertThat(find(null, etc, dir("srv", dir("k", dir("agent", engine("containerd"))))))
        .containsExactly("/srv/k/agent/containerd");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void dockersContainerdAndTheNodesInItsVolumesAreWhereItsDataAre() throws IOException {
    Picture etc =
        dir("etc", dir("docker", file("daemon.json", "{\"data-root\": \"/big/docker\"}")));
    Picture kind = dir("volumes", dir("f0a1", dir("_data", dir("lib", engine("containerd")))));
    Picture big = dir("big", dir("docker", dir("containerd", engine("daemon")), kind));
    assertThat(find(null, etc, big))
        .containsExactly(
            "/big/docker/containerd/daemon", "/big/docker/volumes/f0a1/_data/lib/containerd");
  }

  @Test
  void brokenConfigurationsAreSaidAndTheUsualPlacesStillCount() throws IOException {
    Picture etc =
        dir(
            "etc",
            dir("docker", file("daemon.json", "{\"data-root\": ")),
            dir("rancher", dir("k3s", file("config.yaml", "data-dir\n\0data-dir: ["))));
    assertThat(find(null, etc, dir("var", dir("lib", engine("containerd")))))
        .containsExactly("/var/lib/containerd");
    assertThat(log.list()).singleElement().asString().contains("/etc/docker/daemon.json");
  }

  @Test
  void aConfigurationThatNamesNoRootSpeaksOfItsOwnDistributions() throws IOException {
    String toml = "[plugins.\"io.containerd.snapshotter.v1.overlayfs\"]\nroot_path = \"/snap\"\n";
    Map<String, EngineSettings> roots =
        new EngineRoots(
                new Lookup(PictureTree.of(dir("etc", dir("k0s", file("containerd.toml", toml))))),
                log)
            .find();
    assertThat(roots.get("/var/lib/k0s/containerd").snapshotterRoots())
        .containsExactly(Map.entry("overlayfs", "/snap"));
    assertThat(roots.get("/var/lib/containerd")).isEqualTo(EngineSettings.NONE);
  }

  @Test
  void aNamedRootOverrulesAllOthers() throws IOException {
    assertThat(find("/x", dir("var", dir("lib", engine("containerd"))), engine("x")))
        .containsExactly("/x");
    assertThat(find("/nowhere", dir("var", dir("lib", engine("containerd"))))).isEmpty();
  }

  @Test
  void whatOnlyHasTheNameIsNoEngine() throws IOException {
    assertThat(find(null, dir("var", dir("lib", dir("containerd", dir("other")))))).isEmpty();
    assertThat(find(null, dir("var", dir("lib", file("containerd"))))).isEmpty();
    assertThat(log.list()).isEmpty();
  }

  private List<String> find(String root, Picture... top) throws IOException {
    return roots(new ContainerdFormat().find(PictureTree.of(top), root, log));
  }

  private static List<String> roots(List<Runtime> engines) {
    return engines.stream().map(Runtime::root).toList();
  }

  private static Picture engine(String name) {
    return dir(name, dir("io.containerd.metadata.v1.bolt"));
  }

  private static Picture at(String path) {
    List<String> names = new ArrayList<>(List.of(path.substring(1).split("/")));
    Collections.reverse(names);
    Picture picture = engine(names.get(0));
    for (String name : names.subList(1, names.size())) {
      picture = dir(name, picture);
    }
    return picture;
  }
}
