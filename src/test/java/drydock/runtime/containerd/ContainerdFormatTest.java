package drydock.runtime.containerd;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        "/var/lib/docker/containerd/daemon"
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
