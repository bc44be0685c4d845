package drydock.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.TreePath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineFileTest {
  @ParameterizedTest
  @CsvSource({
    "/, engine, null, null",
    "/tmpmounts/x, engine, null, null",
    "/io.containerd.content.v1.content/blobs/sha256/0123, engine, null, null",
    "/io.containerd.content.v1.content/blobs/sha256, engine, null, null",
    "/io.containerd.content.v1.content/ingest/ab/data, ingest, null, null",
    "/io.containerd.metadata.v1.bolt/meta.db, database, null, null",
    "/io.containerd.snapshotter.v1.overlayfs/metadata.db, database, null, null",
    "/io.containerd.snapshotter.v1.overlayfs/snapshots, engine, null, null",
    "/io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs/etc, snapshot, 7, null",
    "/io.containerd.snapshotter.v1.stargz/snapshotter/snapshots/7/fs, snapshot, 7, null",
    "/io.containerd.grpc.v1.cri/containers/c/status, container-state, c, null",
    "/io.containerd.grpc.v1.cri/containers/c/volumes/v/file, image-volume, c, null",
    "/io.containerd.grpc.v1.cri/sandboxes/s/hostname, sandbox-state, s, null",
    "/io.containerd.grpc.v1.cri/sandboxes, engine, null, null",
    "/io.containerd.runtime.v2.task/k8s.io/c/work, container-state, c, null"
  })
  void aPathBelowAnEngineTellsWhatItIs(String path, String kind, String id, String digest) {
    EngineFile file = EngineFile.of(TreePath.of(path).names());
    assertThat(file.kind().label()).isEqualTo(kind);
    assertThat(String.valueOf(file.id())).isEqualTo(id);
    assertThat(String.valueOf(file.digest())).isEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource("7063c23259afe76fc5d27b9ac94b444baa20da1b77e42b2bfff6324daef87768")
  void aBlobTellsItsDigest(String hex) {
    String path = "/io.containerd.content.v1.content/blobs/sha256/" + hex;
    EngineFile file = EngineFile.of(TreePath.of(path).names());
    assertThat(file.kind()).isEqualTo(Kind.CONTENT);
    assertThat(file.digest()).hasToString("sha256:" + hex);
  }
}
