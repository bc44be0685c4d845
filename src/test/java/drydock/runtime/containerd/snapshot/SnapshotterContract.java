package drydock.runtime.containerd.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.Node;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every snapshotter. */
abstract class SnapshotterContract {
  final FindingLog log = new FindingLog();

  abstract Snapshotter snapshotter();

  @Test
  void isInTheListUnderItsName() {
    assertThat(Snapshotters.named(snapshotter().name())).isSameAs(snapshotter());
  }

  @Test
  void looksForItselfInTheEnginesRootFirst() {
    assertThat(snapshotter().roots("/r").get(0))
        .isEqualTo("/r/io.containerd.snapshotter.v1." + snapshotter().name());
  }

  @Test
  void everySnapshotHasADirectoryOfItsOwn() {
    for (SnapshotKind kind : SnapshotKind.values()) {
      assertThat(snapshotter().directory(kind, "81")).contains("81").doesNotStartWith("/");
      assertThat(snapshotter().directory(kind, "82"))
          .isNotEqualTo(snapshotter().directory(kind, "81"));
    }
  }

  @Test
  void whatIsNotOnTheDiskIsNamedAndNeverEmpty() {
    SnapshotDirectory top = snapshot("top", SnapshotKind.ACTIVE, Map.of(), null);
    assertThatThrownBy(() -> snapshotter().tree(List.of(top), log))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(log.list())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.MISSING);
              assertThat(finding.what()).contains("top").contains(snapshotter().name());
            });
  }

  static SnapshotDirectory snapshot(
      String name, SnapshotKind kind, Map<String, String> labels, Node directory) {
    return new SnapshotDirectory(name, kind, labels, "/s/" + name, directory, null);
  }

  static Node directory(Picture... entries) throws IOException {
    return PictureTree.of(entries).root();
  }

  List<String> missing() {
    return log.list().stream().map(Finding::what).toList();
  }
}
