package drydock.evidence;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherEnginesTest {
  private static List<String> told(Picture... root) throws IOException {
    FindingLog log = new FindingLog();
    new OtherEngines(PictureTree.of(root), log).tell();
    assertThat(log.list()).allMatch(finding -> finding.severity() == Severity.MISSING);
    return log.list().stream().map(Finding::toString).toList();
  }

  @Test
  void dockersContainersAreSaidNotToBeRead() throws IOException {
    assertThat(told(var("docker", dir("containers", dir("0c7357730098")))))
        .singleElement()
        .asString()
        .contains("/var/lib/docker", "Docker's own records are not read");
    assertThat(told(var("docker", dir("image", dir("overlay2"))))).hasSize(1);
  }

  @Test
  void whatPodmanAndUsersKeepIsSaidNotToBeRead() throws IOException {
    Picture storage = dir("storage", dir("overlay-containers"), dir("libpod"));
    assertThat(
            told(
                var("containers", storage),
                dir(
                    "home",
                    dir("alice", dir(".local", dir("share", dir("containers", storage)))),
                    dir("bob", dir(".local", dir("share"))))))
        .hasSize(2)
        .anyMatch(what -> what.contains("/var/lib/containers/storage"))
        .anyMatch(what -> what.contains("/home/alice/.local/share/containers/storage"));
  }

  @Test
  void directoriesThatOnlyPackagesMadeAreNothing() throws IOException {
    assertThat(told(var("docker", dir("containers"), dir("image"), dir("volumes")))).isEmpty();
    assertThat(told(var("containers", dir("storage"), file("cache")))).isEmpty();
    assertThat(told()).isEmpty();
  }

  private static Picture var(String name, Picture... below) {
    return dir("var", dir("lib", dir(name, below)));
  }
}
