package drydock.runtime.containerd.snapshot;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static drydock.fs.Picture.gone;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.FileTree;
import drydock.fs.Lookup;
import drydock.fs.Node;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayeredSnapshotterTest extends SnapshotterContract {
  @Override
  Snapshotter snapshotter() {
    return Snapshotters.named("overlayfs");
  }

  @Test
  void layersAreMergedTheTopmostFirst() throws IOException {
    Node upper = directory(gone("deleted"), file("both", "upper"));
    Node lower = directory(file("deleted"), file("both", "lower"), file("kept"));
    FileTree tree =
        snapshotter()
            .tree(
                List.of(
                    snapshot("a", SnapshotKind.ACTIVE, Map.of(), upper),
                    snapshot("b", SnapshotKind.COMMITTED, Map.of(), lower)),
                log);
    assertThat(tree.root().list())
        .extracting(e -> e.name().toString())
        .containsExactly("both", "kept");
    assertThat(new Lookup(tree).find("/both").node().content().size()).isEqualTo(5);
    assertThat(log.list()).isEmpty();
  }

  @Test
  void anEmptyImageLayerIsNothingToMiss() throws IOException {
    SnapshotDirectory empty = snapshot("e", SnapshotKind.COMMITTED, Map.of(), directory());
    assertThat(snapshotter().absence(empty)).isEmpty();
  }

  @Test
  void aWorkDirectoryThatTheKernelNeverUsedProvesThatNothingStarted() throws IOException {
    assertThat(neverMounted(SnapshotKind.ACTIVE, directory(dir("fs"), dir("work")))).isTrue();
    assertThat(neverMounted(SnapshotKind.ACTIVE, directory(dir("fs"), dir("work", dir("work")))))
        .isFalse();
    assertThat(neverMounted(SnapshotKind.ACTIVE, directory(dir("fs")))).isFalse();
    assertThat(neverMounted(SnapshotKind.COMMITTED, directory(dir("fs"), dir("work")))).isFalse();
  }

  private boolean neverMounted(SnapshotKind kind, Node parent) throws IOException {
    return snapshotter()
        .neverMounted(new SnapshotDirectory("s", kind, Map.of(), "/s/1/fs", directory(), parent));
  }
}
