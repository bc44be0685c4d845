package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.finding.Finding;
import drydock.finding.Severity;
import drydock.fs.Lookup;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What containerd can hold and no node of fixtures/ has, written by containerd's own code. */
class OtherStateTest {
  private final StateFixture fixture = new StateFixture();
  private Runtime engine;

  @BeforeEach
  void open() throws IOException {
    engine = fixture.engine();
  }

  @Test
  void aSandboxWithoutAPauseContainerIsAPod() throws IOException {
    Pod pod = engine.pods().get(0);
    assertThat(engine.pods()).hasSize(1);
    assertThat(pod.name()).isEqualTo("vm-0");
    assertThat(pod.namespace()).isEqualTo("shop");
    assertThat(pod.uid()).isEqualTo("uid-7");
    assertThat(pod.attempt()).isEqualTo(2);
    assertThat(pod.ips()).containsExactly("10.0.0.9", "fd00::9");
    assertThat(pod.hostNetwork()).isTrue();
    assertThat(pod.hostname()).isEqualTo("vm-0");
    assertThat(pod.runtimeHandler()).isEqualTo("kata");
    assertThat(pod.logDirectory()).isEqualTo("/var/log/pods/shop_vm-0_uid-7");
    assertThat(pod.containers()).containsExactly("lazy");
    assertThat(pod.status()).isEqualTo("unknown");
    assertThat(pod.labels()).isEqualTo(Map.of("app", "vm"));
    assertThat(pod.annotations()).isEqualTo(Map.of("a", "b"));
    assertThat(pod.created()).isNotNull();
  }

  @Test
  void aContainerOfSuchASandboxBelongsToItsPod() throws IOException {
    Container lazy = container("lazy");
    assertThat(lazy.pod().name()).isEqualTo("vm-0");
    assertThat(lazy.pod().namespace()).isEqualTo("shop");
    assertThat(lazy.pod().sandboxId()).isEqualTo("vm-sandbox");
    assertThat(lazy.hostname()).isEqualTo("vm-0");
    assertThat(lazy.runtime()).isEqualTo("io.containerd.kata.v2");
  }

  @Test
  void optionsAndExtensionsAreJsonOrSayThatTheyAreNot() throws IOException {
    Map<String, byte[]> documents = engine.documents(container("lazy"));
    assertThat(text(documents.get("runtime.options")))
        .isEqualTo("{\"config_path\":\"/etc/k.cfg\"}");
    assertThat(text(documents.get("extension.example.unknown")))
        .isEqualTo("{\"type_url\":\"example.com/Unknown\",\"value\":\"CAH/\"}");
    assertThat(text(documents.get("sandbox.store.spec"))).isEqualTo("{\"hostname\":\"vm-0\"}");
    assertThat(text(documents.get("sandbox.store.metadata"))).startsWith("{\"Version\":\"v1\"");
    assertThat(documents).containsKeys("image.index", "image.manifest", "image.config");
  }

  @Test
  void layersThatWereStreamedAreMissingByName() throws IOException {
    Container lazy = container("lazy");
    assertThat(engine.chain(lazy))
        .extracting(link -> link.snapshot().key() + " " + link.snapshot().present())
        .containsExactly("lazy true", "unpacked true", "streamed-1 false", "streamed-0 false");
    var found = new Lookup(engine.rootFs(lazy)).find("/unpacked.txt");
    assertThat(text(found.node().content().allBytes(100))).isEqualTo("here\n");
    assertThat(missing())
        .hasSize(2)
        .allMatch(what -> what.contains("gcfs") && what.contains("streamed from the registry"))
        .anyMatch(what -> what.contains("streamed-0"))
        .anyMatch(what -> what.contains("streamed-1"));
  }

  @Test
  void aSnapshotThatIsADeviceIsMissingByName() throws IOException {
    Container thin = container("thin");
    assertThatThrownBy(() -> engine.rootFs(thin))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("thin volumes");
    assertThat(missing()).singleElement().asString().contains("thin").contains("devmapper");
    assertThat(snapshot("thin").present()).isFalse();
  }

  @Test
  void theListOfSnapshotsSaysWhyTheirFilesCannotBeRead() throws IOException {
    engine.snapshots();
    assertThat(missing())
        .anyMatch(
            what -> what.contains("streamed-0") && what.contains("streamed from the registry"))
        .anyMatch(what -> what.contains("thin") && what.contains("thin volumes of the device"))
        .noneMatch(what -> what.contains("is not on the disk"));
  }

  @Test
  void aContainerWithoutASnapshotSaysSo() throws IOException {
    Container bare = container("bare");
    assertThat(bare.image()).isNull();
    assertThat(bare.snapshotter()).isNull();
    assertThat(engine.chain(bare)).isEmpty();
    assertThatThrownBy(() -> engine.rootFs(bare)).isInstanceOf(NoSuchFileException.class);
    assertThat(missing()).singleElement().asString().contains("bare");
  }

  @Test
  void anIndexHasThePlatformsWhoseContentIsThere() throws IOException {
    Image many = engine.images().get(1);
    assertThat(many.name()).isEqualTo("registry.example/many:1");
    assertThat(many.platforms()).containsExactly("linux/arm64/v8");
    assertThat(many.mediaType()).isEqualTo("application/vnd.oci.image.index.v1+json");
    assertThat(many.labels()).isEqualTo(Map.of("made", "by hand"));
    long present =
        engine.content().stream().filter(b -> b.ref() == null).mapToLong(Blob::size).sum();
    assertThat(many.size()).isEqualTo(present);
    Image gone = engine.images().get(0);
    assertThat(gone.platforms()).isEmpty();
    assertThat(gone.size()).isNull();
  }

  @Test
  void historyNamesThePlatformsOfAnIndexThatWereNotFetched() throws IOException {
    engine.history(engine.images().get(1));
    assertThat(fixture.log.list().stream().filter(f -> f.severity() == Severity.NOTE))
        .singleElement()
        .asString()
        .contains("linux/amd64")
        .doesNotContain("linux/arm64/v8");
  }

  @Test
  void historyTellsStepsWithoutALayerAndLayersThatAreNotThere() throws IOException {
    List<ImageLayer> steps = engine.history(engine.images().get(1));
    assertThat(steps)
        .extracting(ImageLayer::createdBy)
        .containsExactly("ADD base", "ENV a=b", "COPY app");
    assertThat(steps).extracting(ImageLayer::emptyLayer).containsExactly(false, true, false);
    assertThat(steps).extracting(ImageLayer::contentPresent).containsExactly(true, false, false);
    assertThat(steps).extracting(ImageLayer::snapshotPresent).containsOnly(false);
    assertThat(steps.get(0).created()).isEqualTo(Instant.parse("2024-02-29T23:59:59.123456789Z"));
    assertThat(engine.history(engine.images().get(0))).isEmpty();
    assertThat(missing()).singleElement().asString().contains("registry.example/gone:1");
  }

  @Test
  void contentHasTheMediaTypeOfTheDocumentThatNamesIt() throws IOException {
    assertThat(engine.content())
        .filteredOn(blob -> blob.ref() == null)
        .extracting(blob -> blob.mediaType().replaceAll(".*image\\.", ""))
        .containsExactlyInAnyOrder(
            "index.v1+json",
            "manifest.v1+json",
            "manifest.v1+json",
            "config.v1+json",
            "layer.v1.tar+gzip");
  }

  @Test
  void leasesTellEveryKindOfResource() throws IOException {
    assertThat(engine.leases()).hasSize(1);
    assertThat(engine.leases().get(0).labels()).isEqualTo(Map.of("why", "test"));
    assertThat(engine.leases().get(0).resources())
        .hasSize(5)
        .anyMatch(r -> r.startsWith("content/sha256:"))
        .contains(
            "ingests/layer-in-flight",
            "ingests/some-ingest",
            "snapshots/devmapper/thin",
            "snapshots/gcfs/lazy");
  }

  @Test
  void anIngestTellsHowMuchHasCome() throws IOException {
    Blob ingest = engine.content().get(engine.content().size() - 1);
    assertThat(ingest.ref()).isEqualTo("layer-in-flight");
    assertThat(ingest.namespace()).isEqualTo("k8s.io");
    assertThat(ingest.size()).isEqualTo("only the first bytes".length());
    // containerd notes the digest only when another namespace has the content already
    assertThat(ingest.digest()).isNull();
    assertThat(ingest.created()).isNotNull();
    assertThat(ingest.present()).isTrue();
  }

  @Test
  void listingFindsNothingWrongButSnapshotsThatAreNotOnTheDisk() throws IOException {
    engine.containers();
    engine.pods();
    engine.images();
    engine.content();
    engine.leases();
    assertThat(fixture.log.list()).isEmpty();
    engine.snapshots();
    assertThat(fixture.log.list()).hasSameSizeAs(missing());
    assertThat(missing())
        .extracting(what -> what.replaceAll(":.*", ""))
        .containsExactly(
            "snapshot streamed-0 (gcfs)",
            "snapshot streamed-1 (gcfs)",
            "snapshot thin (devmapper)");
  }

  private Container container(String id) throws IOException {
    return engine.containers().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private Snapshot snapshot(String key) throws IOException {
    return engine.snapshots().stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
  }

  private List<String> missing() {
    return fixture.log.list().stream()
        .filter(finding -> finding.severity() == Severity.MISSING)
        .map(Finding::what)
        .toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
