package drydock.runtime.containerd.snapshot;

import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteSnapshotterTest extends SnapshotterContract {
  private static final Map<String, String> REMOTE = Map.of("containerd.io/snapshot/remote", "");

  @Override
  Snapshotter snapshotter() {
    return Snapshotters.named("stargz");
  }

  @Test
  void aMountPointThatIsEmptyOrLabelledRemoteIsMissing() throws IOException {
    snapshotter()
        .tree(
            List.of(
                snapshot("own", SnapshotKind.ACTIVE, Map.of(), directory()),
                snapshot("unpacked", SnapshotKind.COMMITTED, Map.of(), directory(file("f"))),
                snapshot("labelled", SnapshotKind.COMMITTED, REMOTE, directory(file("f"))),
                snapshot("empty", SnapshotKind.COMMITTED, Map.of(), directory())),
            log);
    assertThat(missing())
        .hasSize(2)
        .anyMatch(what -> what.contains("labelled"))
        .anyMatch(what -> what.contains("empty"));
  }

  @Test
  void oneThatIsNotInTheListIsTakenForSuch() throws IOException {
    Snapshotter other = Snapshotters.named("someones-own");
    assertThat(other.name()).isEqualTo("someones-own");
    assertThat(other.absence(snapshot("e", SnapshotKind.COMMITTED, Map.of(), directory())))
        .isPresent();
  }
}
