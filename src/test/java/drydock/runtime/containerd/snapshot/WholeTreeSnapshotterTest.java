package drydock.runtime.containerd.snapshot;

import static drydock.fs.Picture.device;
import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.fs.FileTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeTreeSnapshotterTest extends SnapshotterContract {
  @Override
  Snapshotter snapshotter() {
    return Snapshotters.named("native");
  }

  @Test
  void theTopmostIsAllThereIsAndItsDevicesAreDevices() throws IOException {
    FileTree tree =
        snapshotter()
            .tree(
                List.of(
                    snapshot("a", SnapshotKind.ACTIVE, Map.of(), directory(device("zero", 0, 0))),
                    snapshot("b", SnapshotKind.COMMITTED, Map.of(), directory(file("below")))),
                log);
    assertThat(tree.root().list()).extracting(e -> e.name().toString()).containsExactly("zero");
    assertThat(log.list()).isEmpty();
  }

  @Test
  void btrfsKeepsWritableSubvolumesApart() {
    Snapshotter btrfs = Snapshotters.named("btrfs");
    assertThat(btrfs.directory(SnapshotKind.ACTIVE, "7")).isEqualTo("active/7");
    assertThat(btrfs.directory(SnapshotKind.VIEW, "7")).isEqualTo("view/7");
    assertThat(btrfs.directory(SnapshotKind.COMMITTED, "7")).isEqualTo("snapshots/7");
  }
}
