package drydock.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.bytes.UnsupportedFormatException;
import drydock.finding.FindingLog;
import drydock.fs.HashAlgorithm;
import drydock.fs.Hashes;
import drydock.fs.Node;
import drydock.fs.tar.TarBytes;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where checkpoints may lie: in archives, pods, images, behind links. */
class CheckpointPlacesTest {
  private final FindingLog log = new FindingLog();

  private List<Checkpoint> open(byte[] archive) throws IOException {
    return Checkpoint.open(new ArraySource(archive, Origin.of("a")), log);
  }

  private static TarBytes container(String name) {
    return new TarBytes()
        .file("checkpoint/inventory.img", "")
        .file("config.dump", "{\"id\":\"1\",\"name\":\"" + name + "\"}")
        .file("spec.dump", "{}");
  }

  private static TarBytes nested(TarBytes into, String name, byte[] archive) {
    return into.entry('0', name, "", archive);
  }

  @Test
  void dumpWithoutAnEngineIsItsImages() throws IOException {
    Checkpoint only = open(new TarBytes().file("inventory.img", "").done()).get(0);

    assertThat(only.engine()).isEqualTo(Engine.NONE);
    assertThat(only.images().orElseThrow().identity()).isEqualTo(only.directory().identity());
  }

  @Test
  void podHoldsItsContainers() throws IOException {
    TarBytes pod = new TarBytes().file("pod.options", "{\"version\":1}").file("pod.dump", "{}");
    nested(pod, "one.tar", container("one").done());
    nested(pod, "two.tar", container("two").done());

    assertThat(open(pod.done()))
        .extracting(each -> each.facts().name())
        .containsExactly("one", "two");
  }

  /** As CRI-O's {@code PodCheckpoint} lays it out (internal/lib/checkpoint.go). */
  @Test
  void podOfCrioHasADirectoryForEachContainerAndNotesOfItsOwn() throws IOException {
    TarBytes pod =
        new TarBytes()
            .file(
                "pod.options",
                "{\"version\":1,\"containers\":{\"one\":\"1-k8s_one\",\"two\":\"2-k8s_two\"},"
                    + "\"annotations\":{\"org.criu.checkpoint.pod.name\":\"shop\"}}");
    for (String each : List.of("1-k8s_one", "2-k8s_two")) {
      pod.file(each + "/checkpoint/inventory.img", "")
          .file(each + "/config.dump", "{\"id\":\"" + each.charAt(0) + "\",\"name\":\"n\"}")
          .file(each + "/spec.dump", "{}");
    }

    assertThat(open(pod.done()))
        .extracting(
            each -> each.facts().id(),
            each -> each.imageAnnotations().get("org.criu.checkpoint.pod.name"))
        .containsExactly(tuple("1", "shop"), tuple("2", "shop"));
  }

  @Test
  void notesOfAPodThatAreNoJsonAreAFinding() throws IOException {
    TarBytes pod = new TarBytes().file("pod.options", "{\"version\":");
    nested(pod, "one.tar", container("one").done());

    assertThat(open(pod.done())).hasSize(1);
    assertThat(log.list()).hasSize(1);
  }

  @Test
  void parentDumpIsFoundThroughItsLinkAndNowhereElse() throws IOException {
    TarBytes archive =
        container("x")
            .symlink("checkpoint/parent", "../pre")
            .file("pre/inventory.img", "")
            .symlink("pre/parent", "../../../../../first")
            .file("first/inventory.img", "")
            .symlink("first/parent", "/nowhere");
    List<Node> parents = open(archive.done()).get(0).parents();

    assertThat(parents).hasSize(2);
    assertThat(log.list())
        .singleElement()
        .asString()
        .contains("the dump before this one is not in the archive: /nowhere");
  }

  @Test
  void dumpThatAnotherBuildsOnIsNoCheckpointOfItsOwn() throws IOException {
    TarBytes archive =
        new TarBytes()
            .file("a-first/inventory.img", "")
            .file("b-last/inventory.img", "")
            .symlink("b-last/parent", "../a-first")
            .file("c-other/inventory.img", "");

    assertThat(open(archive.done()))
        .extracting(each -> each.path().toString())
        .containsExactly("/b-last", "/c-other");
  }

  @Test
  void parentsThatLoopEnd() throws IOException {
    TarBytes archive = container("x").symlink("checkpoint/parent", ".");

    assertThat(open(archive.done()).get(0).parents()).isEmpty();
    assertThat(log.list()).singleElement().asString().contains("a dump that builds on itself");
  }

  private static String digest(byte[] blob) throws IOException {
    return Hashes.of(new ArraySource(blob, Origin.of("b")), HashAlgorithm.SHA256);
  }

  private static void blob(TarBytes layout, byte[] blob) throws IOException {
    layout.entry('0', "blobs/sha256/" + digest(blob), "", blob);
  }

  @Test
  void imageWithAnnotationsHoldsItInItsLayer() throws IOException {
    byte[] layer = container("web").done();
    byte[] manifest =
        ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":"
                + "\"sha256:"
                + digest(layer)
                + "\",\"size\":1}],\"annotations\":{\"org.criu.checkpoint.container.name\":\"web\"}}")
            .getBytes(UTF_8);
    TarBytes layout = new TarBytes().file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
    layout.file(
        "index.json",
        "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":"
            + "\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:"
            + digest(manifest)
            + "\",\"size\":1}]}");
    blob(layout, manifest);
    blob(layout, layer);
    List<Checkpoint> found = open(layout.done());

    assertThat(found).hasSize(1);
    assertThat(found.get(0).facts().name()).isEqualTo("web");
    assertThat(found.get(0).imageAnnotations())
        .containsEntry("org.criu.checkpoint.container.name", "web");
  }

  @Test
  void imageOfCtrHoldsItInABlobOfItsOwnType() throws IOException {
    byte[] images = new TarBytes().file("inventory.img", "").done();
    TarBytes layout =
        new TarBytes()
            .file(
                "index.json",
                "{\"manifests\":[{\"mediaType\":"
                    + "\"application/vnd.containerd.container.criu.checkpoint.criu.tar\","
                    + "\"digest\":\"sha256:"
                    + digest(images)
                    + "\",\"size\":1}]}");
    blob(layout, images);

    assertThat(open(layout.done())).hasSize(1);
  }

  @Test
  void archiveOfDockerHoldsItInItsLayer() throws IOException {
    TarBytes archive = new TarBytes();
    nested(archive, "abc/layer.tar", container("d").done());
    archive.file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"abc/layer.tar\"]}]");

    assertThat(open(archive.done()).get(0).facts().name()).isEqualTo("d");
  }

  @Test
  void otherArchivesHoldNone() {
    assertThatThrownBy(() -> open(new TarBytes().file("etc/passwd", "root").done()))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("holds no checkpoint");
  }

  @Test
  void damagedDocumentIsAFindingAndTheRestIsTold() throws IOException {
    Checkpoint found =
        open(new TarBytes()
                .file("checkpoint/inventory.img", "")
                .file("config.dump", "{\"id\":\"1\",")
                .file("spec.dump", "{\"hostname\":\"h\"}")
                .done())
            .get(0);

    assertThat(found.facts().hostname()).isEqualTo("h");
    assertThat(log.hasLosses()).isTrue();
  }

  @Test
  void crioTellsInAnnotations() throws IOException {
    String prefix = "io.kubernetes.cri-o.";
    Checkpoint found =
        open(new TarBytes()
                .file("checkpoint/inventory.img", "")
                .file(
                    "config.dump",
                    "{\"id\":\"77\",\"name\":\"k8s_c_p_n_u_0\",\"rootfsImageName\":\"i:1\","
                        + "\"runtime\":\"runc\",\"createdTime\":\"2024-01-02T03:04:05Z\","
                        + "\"checkpointedTime\":\"2024-01-02T04:04:05Z\"}")
                .file(
                    "spec.dump",
                    "{\"annotations\":{\"io.container.manager\":\"cri-o\",\""
                        + prefix
                        + "Metadata\":\"{\\\"name\\\":\\\"c\\\"}\",\""
                        + prefix
                        + "IP.0\":\"10.85.0.3\",\""
                        + prefix
                        + "SandboxID\":\"88\",\"io.kubernetes.pod.name\":\"p\","
                        + "\"io.kubernetes.pod.namespace\":\"n\"}}")
                .done())
            .get(0);

    assertThat(found.engine()).isEqualTo(Engine.CRIO);
    assertThat(found.facts().name()).isEqualTo("c");
    assertThat(found.facts().fullName()).isEqualTo("k8s_c_p_n_u_0");
    assertThat(found.facts().pod()).isEqualTo("p");
    assertThat(found.facts().ips()).containsExactly("10.85.0.3");
    assertThat(found.facts().podId()).isEqualTo("88");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void addressesArePodmansNetworks() throws IOException {
    Checkpoint found =
        open(container("x")
                .file(
                    "network.status",
                    "{\"podman\":{\"interfaces\":{\"eth0\":{\"subnets\":[{\"ipnet\":"
                        + "\"10.88.0.9/16\",\"gateway\":\"10.88.0.1\"}],"
                        + "\"mac_address\":\"f2:99:8d:fb:5a:57\"}}}}")
                .file("deleted.files", "[\"/etc/motd\",\"/a b\"]")
                .done())
            .get(0);

    assertThat(found.facts().ips()).containsExactly("10.88.0.9/16");
    assertThat(found.facts().macs()).containsExactly("f2:99:8d:fb:5a:57");
    assertThat(found.deletedFiles()).containsExactly("/etc/motd", "/a b");
  }
}
