package drydock.runtime.containerd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpaqueSnapshotterTest extends SnapshotterContract {
  @Override
  Snapshotter snapshotter() {
    return Snapshotters.named("devmapper");
  }

  @Test
  void evenADirectoryOfTheRightNameIsNoLayer() throws IOException {
    assertThat(snapshotter().absence(snapshot("s", SnapshotKind.ACTIVE, Map.of(), directory())))
        .isPresent();
  }
}
