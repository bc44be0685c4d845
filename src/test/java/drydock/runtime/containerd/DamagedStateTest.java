package drydock.runtime.containerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import drydock.finding.Finding;
import drydock.finding.Severity;
import drydock.fs.Picture;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Pod;
import drydock.runtime.Role;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import drydock.runtime.Status;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What is still told when part of containerd's state is lost. */
class DamagedStateTest {
  @Test
  void withoutMetaDbTheCriDirectoriesStillTellOfContainers() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      List<Container> whole = node.engine().containers();
      ChangedNode changed = new ChangedNode(node.tree()).with(ChangedNode.META);
      Runtime engine = changed.engine();

      assertThat(engine.containers())
          .extracting(Container::id)
          .containsExactlyInAnyOrderElementsOf(whole.stream().map(Container::id).toList());
      for (Container container : engine.containers()) {
        Container known =
            whole.stream().filter(c -> c.id().equals(container.id())).findFirst().orElseThrow();
        if (container.role() != Role.SANDBOX) {
          assertThat(container.state()).isEqualTo(known.state());
        }
        assertThat(engine.rootFs(container).root().list()).isNotEmpty();
        assertThatThrownBy(() -> engine.spec(container)).isInstanceOf(NoSuchFileException.class);
      }
      assertThat(engine.pods()).extracting(Pod::hostname).containsExactly("web-0");
      assertThat(texts(changed))
          .anyMatch(t -> t.contains("there is no meta.db"))
          .anyMatch(t -> t.contains("no record in meta.db"));
    }
  }

  @Test
  void withoutMetaDbSnapshotsAndContentAreStillListed() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      List<Snapshot> whole = node.engine().snapshots();
      ChangedNode changed = new ChangedNode(node.tree()).with(ChangedNode.META);
      Runtime engine = changed.engine();

      assertThat(engine.snapshots())
          .extracting(s -> s.namespace() + " " + s.key() + " " + s.parent() + " " + s.path())
          .isEqualTo(
              whole.stream()
                  .map(s -> s.namespace() + " " + s.key() + " " + s.parent() + " " + s.path())
                  .toList());
      assertThat(engine.content())
          .hasSize(node.engine().content().size())
          .allSatisfy(
              blob -> {
                assertThat(blob.namespace()).isNull();
                assertThat(blob.present()).isTrue();
              });
      assertThat(engine.leases()).isEmpty();
      assertThat(engine.images()).isEmpty();
      assertThat(engine.namespaces()).isEmpty();
      assertThat(changed.log().hasLosses()).isTrue();
    }
  }

  @Test
  void anEmptyMetaDbAndOneOfZerosAreOneFindingEach() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      for (byte[] content :
          List.of(
              new byte[0],
              new byte[65536],
              "no database".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
        ChangedNode changed = new ChangedNode(node.tree()).withMetadata(content);
        assertThat(changed.engine().images()).isEmpty();
        assertThat(changed.log().list())
            .singleElement()
            .extracting(Finding::severity)
            .isEqualTo(Severity.DAMAGE);
      }
    }
  }

  @Test
  void ofHalfAMetaDbTheRestIsShown() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      byte[] meta = ChangedNode.bytesOf(node.tree(), ChangedNode.META + "/meta.db");
      ChangedNode changed =
          new ChangedNode(node.tree()).withMetadata(Arrays.copyOf(meta, meta.length / 2));
      Runtime engine = changed.engine();
      assertThat(engine.containers()).hasSameSizeAs(node.engine().containers());
      assertThat(engine.content()).hasSameSizeAs(node.engine().content());
      assertThat(changed.log().hasLosses()).isTrue();
    }
  }

  @Test
  void withoutASnapshottersDatabaseItsLayersAreNamedAsMissing() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      ChangedNode changed = new ChangedNode(node.tree()).with(ChangedNode.OVERLAYFS);
      Runtime engine = changed.engine();
      assertThat(engine.snapshots())
          .hasSameSizeAs(node.engine().snapshots())
          .allSatisfy(
              snapshot -> {
                assertThat(snapshot.present()).isFalse();
                assertThat(snapshot.path()).isNull();
                assertThat(snapshot.kind()).isEqualTo("unknown");
              });
      Container container = engine.containers().get(1);
      assertThatThrownBy(() -> engine.rootFs(container)).isInstanceOf(NoSuchFileException.class);
      for (var link : engine.chain(container)) {
        assertThat(texts(changed))
            .anyMatch(t -> t.contains("layer " + link.snapshot().key()) && t.contains("missing"));
      }
    }
  }

  @Test
  void aLayerWhoseDirectoryIsGoneIsNamedAndTheOthersAreMerged() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      Container web = container(node.engine(), "web");
      Snapshot base = last(node.engine().chain(web)).snapshot();
      String snapshot = ChangedNode.OVERLAYFS + "/snapshots/" + base.id();
      ChangedNode changed = new ChangedNode(node.tree()).with(snapshot);
      Runtime engine = changed.engine();

      assertThat(last(engine.chain(web)).snapshot().present()).isFalse();
      assertThat(engine.rootFs(web).root().list()).isNotEmpty();
      assertThat(changed.log().list())
          .filteredOn(f -> f.severity() == Severity.MISSING)
          .singleElement()
          .extracting(Finding::what)
          .asString()
          .contains(base.key());
    }
  }

  @Test
  void aLayersDirectoryMayBeALink() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      Container web = container(node.engine(), "web");
      Snapshot base = last(node.engine().chain(web)).snapshot();
      String snapshots = ChangedNode.ROOT + "/" + ChangedNode.OVERLAYFS + "/snapshots/";
      ChangedNode changed =
          new ChangedNode(node.tree())
              .with(
                  ChangedNode.OVERLAYFS + "/snapshots/" + base.id(),
                  Picture.link("fs", snapshots + "4/fs"));
      Runtime engine = changed.engine();
      assertThat(last(engine.chain(web)).snapshot().present()).isTrue();
      engine.rootFs(web);
      assertThat(changed.log().list()).isEmpty();
    }
  }

  @Test
  void aBlobThatIsGoneIsNotPresentAndDoesNotCount() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      ChangedNode changed =
          new ChangedNode(node.tree()).with("io.containerd.content.v1.content/blobs/sha256");
      Runtime engine = changed.engine();
      assertThat(engine.content())
          .hasSameSizeAs(node.engine().content())
          .allSatisfy(blob -> assertThat(blob.present()).isFalse());
      assertThat(engine.images())
          .isNotEmpty()
          .allSatisfy(image -> assertThat(image.size()).isNull());
      Blob blob = engine.content().get(0);
      assertThatThrownBy(() -> engine.content(blob.digest()))
          .isInstanceOf(NoSuchFileException.class);
    }
  }

  @Test
  void aSnapshotWithoutItsDirectoryAndContentWithoutItsFileAreNamed() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      ChangedNode changed =
          new ChangedNode(node.tree())
              .with(ChangedNode.OVERLAYFS + "/snapshots/3")
              .with("io.containerd.content.v1.content/blobs/sha256");
      Runtime engine = changed.engine();
      engine.snapshots();
      assertThat(texts(changed)).singleElement().asString().endsWith("/snapshots/3/fs");
      engine.content();
      assertThat(texts(changed)).hasSize(1 + engine.content().size());
    }
  }

  @Test
  void withoutTheConfigAnImagesLayersAreStillFoundAndTheConfigIsNamed() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      Container web = container(node.engine(), "web");
      List<ImageLayer> whole = node.engine().history(web);
      String config = "4852a5089e92fc576b0b2b7decc99f5f5cda85529bff3417070de6644e731a3c";
      ChangedNode changed =
          new ChangedNode(node.tree())
              .with("io.containerd.content.v1.content/blobs/sha256/" + config);
      Runtime engine = changed.engine();

      assertThat(engine.history(web))
          .extracting(ImageLayer::diffId, ImageLayer::snapshotPath)
          .containsExactlyElementsOf(
              whole.stream()
                  .filter(step -> !step.emptyLayer())
                  .map(step -> tuple(step.diffId(), step.snapshotPath()))
                  .toList());
      assertThat(engine.history(web)).extracting(ImageLayer::createdBy).containsOnlyNulls();
      assertThat(texts(changed)).singleElement().asString().contains(config);
    }
  }

  @Test
  void aBrokenStatusFileIsAFindingAndTheContainerIsStillListed() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      Container web = container(node.engine(), "web");
      ChangedNode changed =
          new ChangedNode(node.tree())
              .with(
                  "io.containerd.grpc.v1.cri/containers/" + web.id(),
                  Picture.file("status", "{\"Version\":\"v1\",\"CreatedAt\":17"));
      Container found = container(changed.engine(), "web");
      assertThat(found.state().status()).isEqualTo(Status.UNKNOWN);
      assertThat(found.state().created()).isEqualTo(found.updated());
      assertThat(changed.log().list())
          .singleElement()
          .extracting(Finding::severity)
          .isEqualTo(Severity.DAMAGE);
    }
  }

  @Test
  void whatIsWrongWithAStatusFileNamesNoClass() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      Container web = container(node.engine(), "web");
      ChangedNode changed =
          new ChangedNode(node.tree())
              .with(
                  "io.containerd.grpc.v1.cri/containers/" + web.id(),
                  Picture.file("status", "{\"Metadata\":{\"CreatedAt\" 17}}"));
      changed.engine().containers();
      assertThat(texts(changed))
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("not JSON: ")
          .doesNotContain("Exception")
          .doesNotContain("Strictness");
    }
  }

  @Test
  void aDocumentThatItsDigestDoesNotFitIsAFinding() throws IOException {
    try (FixtureNode node = FixtureNode.open("gke-small")) {
      Image image = node.engine().images().get(0);
      Digest digest = image.digest();
      byte[] zeros = new byte[(int) node.engine().content(digest).size()];
      ChangedNode changed =
          new ChangedNode(node.tree())
              .with(
                  "io.containerd.content.v1.content/blobs/sha256",
                  Picture.file(digest.hex()).withBytes(zeros));
      assertThat(changed.engine().images()).hasSameSizeAs(node.engine().images());
      assertThat(changed.log().list())
          .filteredOn(f -> f.what().equals("a document's content does not fit its digest"))
          .singleElement()
          .extracting(Finding::expected)
          .isEqualTo(digest.toString());
    }
  }

  private static Container container(Runtime engine, String name) throws IOException {
    return engine.containers().stream()
        .filter(c -> name.equals(c.name()))
        .findFirst()
        .orElseThrow();
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static List<String> texts(ChangedNode changed) {
    return changed.log().list().stream().map(Finding::what).toList();
  }
}
