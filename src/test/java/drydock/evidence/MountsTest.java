package drydock.evidence;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.link;
import static drydock.fs.TreeAssert.assertThatTree;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.FindingLog;
import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.MountedTree;
import drydock.fs.NodeType;
import drydock.fs.PictureTree;
import drydock.fs.TreePath;
import drydock.runtime.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node is a directory, the container a picture. */
class MountsTest {
  private static final String POD = "/var/lib/kubelet/pods/aac173eb-3822-416a-824b-6ab614f74cbc";

  @TempDir Path node;
  private final FindingLog log = new FindingLog();
  private final List<Mount> specified = new ArrayList<>();
  private Evidence evidence;
  private Map<String, String> annotations = Map.of();

  private final PictureTree layers =
      PictureTree.labelled(
          "layers",
          dir("etc", file("hosts", "of the image"), file("passwd", "root")),
          dir("run"),
          dir("var", link("run", "/run"), dir("www", file("index", "of the image"))),
          link("up", "../../../etc"));

  @BeforeEach
  void open() throws IOException {
    write("/data/a", "a");
    write("/data/sub/b", "b");
    evidence = Evidence.open(EvidenceOptions.of(node), log);
  }

  @AfterEach
  void close() throws IOException {
    evidence.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = node.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void bind(String source, String destination) {
    specified.add(new Mount(destination, "bind", source, List.of("rbind", "ro")));
  }

  private FileTree view() throws IOException {
    StubRuntime runtime = new StubRuntime(layers, specified, annotations);
    return evidence.mounts().view(runtime, runtime.container());
  }

  private List<ContainerMount> mounts() throws IOException {
    StubRuntime runtime = new StubRuntime(layers, specified, annotations);
    return evidence.mounts().of(runtime, runtime.container());
  }

  @Test
  void withoutMountsTheLayersAreTheView() throws IOException {
    assertThat(view()).isSameAs(layers);
  }

  @Test
  void directoriesAndFilesAreMountedOverTheLayers() throws IOException {
    bind("/data", "/var/www");
    bind("/data/a", "/etc/hosts");
    assertThatTree(view())
        .hasFile("/etc/hosts", "a")
        .hasFile("/etc/passwd", "root")
        .lists("/var/www", "a", "sub")
        .hasFile("/var/www/sub/b", "b");
  }

  @Test
  void aNodeTellsWhichMountItBelongsTo() throws IOException {
    bind("/data", "/var/www");
    Lookup view = new Lookup(view());
    assertThat(MountedTree.through(view.find("/var/www/sub/b").node()).orElseThrow().at())
        .isEqualTo(TreePath.of("/var/www"));
    assertThat(MountedTree.through(view.find("/var").node())).isEmpty();
    assertThat(view.find("/var/www/a").node().origin().toString()).contains("data");
  }

  @Test
  void destinationsFollowTheLinksOfTheContainerAndStayInIt() throws IOException {
    bind("/data", "/var/run/secrets/x");
    bind("/data/a", "/up/hosts");
    bind("/data/a", "../../../../etc/passwd");
    assertThat(mounts())
        .extracting(mount -> mount.at().toString())
        .containsExactly("/run/secrets/x", "/etc/hosts", "/etc/passwd");
    assertThatTree(view()).hasFile("/run/secrets/x/a", "a").hasFile("/etc/hosts", "a");
  }

  @Test
  void destinationsFollowTheLinksOfEarlierMounts() throws IOException {
    Files.createSymbolicLink(node.resolve("data/link"), Path.of("sub"));
    bind("/data", "/srv");
    bind("/data/a", "/srv/link/c");
    assertThat(mounts().get(1).at()).isEqualTo(TreePath.of("/srv/sub/c"));
    assertThatTree(view()).lists("/srv/sub", "b", "c").hasFile("/srv/sub/c", "a");
  }

  @Test
  void aLaterMountHidesEarlierOnesBelowItAndNotTheOtherWayRound() throws IOException {
    bind("/data/a", "/var/www/index");
    bind("/data/sub", "/var/www");
    bind("/data/a", "/var/www/b");
    assertThat(mounts())
        .extracting(ContainerMount::status)
        .containsExactly(MountStatus.COVERED, MountStatus.PRESENT, MountStatus.PRESENT);
    assertThatTree(view()).lists("/var/www", "b").hasFile("/var/www/b", "a");
  }

  @Test
  void whatWasInMemoryOrTheKernelsIsEmptyAndSaysSo() throws IOException {
    specified.add(new Mount("/proc", "proc", "proc", List.of()));
    specified.add(new Mount("/var", "tmpfs", "tmpfs", List.of("tmpcopyup")));
    bind("/run/containerd/shm", "/dev/shm");
    Files.createDirectories(node.resolve("run"));
    assertThat(mounts())
        .extracting(ContainerMount::status)
        .containsExactly(MountStatus.KERNEL, MountStatus.MEMORY, MountStatus.MEMORY);
    assertThat(mounts().get(1).note()).contains("copy of what the layers have");
    assertThatTree(view()).lists("/var").lists("/proc").lists("/dev/shm");
  }

  @Test
  void aSourceThatIsGoneIsMissingAndNotTheLayersFile() throws IOException {
    bind(POD + "/etc-hosts", "/etc/hosts");
    bind("/nowhere", "/var/www");
    assertThat(mounts())
        .extracting(ContainerMount::status)
        .containsExactly(MountStatus.MISSING, MountStatus.MISSING);
    assertThat(mounts().get(0).note()).contains("removed the pod's directory");
    assertThatTree(view()).has("/etc/hosts", NodeType.FILE).lists("/var/www");
  }

  @Test
  void volumesInMemoryAndOnOtherDisksAreSaidToBe() throws IOException {
    Files.createDirectories(node.resolve(("." + POD + "/volumes/kubernetes.io~secret/s")));
    Files.createDirectories(node.resolve("." + POD + "/volumes/kubernetes.io~csi/v/mount"));
    bind(POD + "/volumes/kubernetes.io~secret/s", "/s");
    bind(POD + "/volumes/kubernetes.io~csi/v/mount", "/v");
    bind(POD + "/volumes/kubernetes.io~nfs/n", "/n");
    assertThat(mounts())
        .extracting(ContainerMount::status)
        .containsExactly(MountStatus.MEMORY, MountStatus.ELSEWHERE, MountStatus.ELSEWHERE);
    assertThat(mounts()).extracting(ContainerMount::kind).containsExactly("secret", "csi", "nfs");
  }

  @Test
  void aSubPathIsWhatTheManifestSays() throws IOException {
    write(POD + "/volumes/kubernetes.io~empty-dir/v/one/x", "1");
    write(POD + "/volumes/kubernetes.io~empty-dir/v/two/x", "2");
    Files.createDirectories(node.resolve("." + POD + "/volume-subpaths/v/web/1"));
    bind(POD + "/volume-subpaths/v/web/1", "/srv");
    assertThat(mounts().get(0).status()).isEqualTo(MountStatus.MISSING);
    assertThat(mounts().get(0).note()).contains("it has one, two");
    annotations =
        Map.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "{\"spec\":{\"containers\":[{\"name\":\"web\",\"volumeMounts\":[{},"
                + "{\"subPath\":\"two\"}]}]}}");
    assertThatTree(view()).hasFile("/srv/x", "2");
    assertThat(mounts().get(0).guess()).isFalse();
    assertThat(mounts().get(0).subPath()).isEqualTo("two");
  }

  @Test
  void aSubPathThatNothingTellsIsGuessedByItsNameAndSaidToBe() throws IOException {
    write(POD + "/volumes/kubernetes.io~configmap/c/app.conf", "x=1");
    write(POD + "/volume-subpaths/c/web/0", "");
    bind(POD + "/volume-subpaths/c/web/0", "/etc/app.conf");
    assertThatTree(view()).hasFile("/etc/app.conf", "x=1");
    assertThat(mounts().get(0).guess()).isTrue();
    assertThat(log.list()).extracting(f -> f.what()).anyMatch(what -> what.contains("a guess"));
  }

  @Test
  void aGuessedSubPathNeverLeadsOutOfItsVolume() throws IOException {
    write("/etc/shadow", "secret");
    write(POD + "/volume-subpaths/c/web/0", "");
    Path volume = node.resolve("." + POD + "/volumes/kubernetes.io~empty-dir/c");
    Files.createDirectories(volume);
    Files.createSymbolicLink(volume.resolve("shadow"), Path.of("/etc/shadow"));
    bind(POD + "/volume-subpaths/c/web/0", "/etc/shadow");
    assertThat(mounts().get(0).status()).isEqualTo(MountStatus.MISSING);
  }

  @Test
  void hostileDestinationsEndSomewhereInTheContainer() throws IOException {
    bind("/data", "/");
    bind("/data/a", "");
    bind("/data", "/x/".repeat(2000));
    specified.add(new Mount("/y", null, null, List.of()));
    assertThat(mounts()).hasSize(4);
    assertThat(view().root().meta()).isNotNull();
  }

  @Test
  void tooManyMountsAreAFinding() throws IOException {
    for (int i = 0; i < 2001; i++) {
      specified.add(new Mount("/p" + i, "proc", "proc", List.of()));
    }
    assertThat(mounts()).hasSize(2000);
    assertThat(log.hasLosses()).isTrue();
  }
}
