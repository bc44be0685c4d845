package drydock.runtime.containerd;

import static drydock.fs.Picture.dir;
import static drydock.fs.Picture.file;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.FileMeta;
import drydock.fs.Lookup;
import drydock.fs.Node;
import drydock.fs.Picture;
import drydock.fs.PictureTree;
import drydock.overlay.Layer;
import drydock.overlay.OverlayTree;
import drydock.overlay.Owners;
import drydock.runtime.Snapshot;
import drydock.runtime.containerd.snapshot.SnapshotDirectory;
import drydock.runtime.containerd.snapshot.SnapshotKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerMapsTest {
  private static final String USERS = "containerd.io/snapshot/uidmapping";
  private static final String GROUPS = "containerd.io/snapshot/gidmapping";

  private final FindingLog log = new FindingLog();

  @Test
  void labelsOfTheContainersSnapshotTellWhomTheImagesFilesBelongTo() throws IOException {
    Owners owners = below(Map.of(USERS, "0:100000:65536", GROUPS, "0:200000:65536"), 0);
    assertThat(owners)
        .isEqualTo(
            new Owners(
                List.of(new Owners.Range(0, 100000, 65536)),
                List.of(new Owners.Range(0, 200000, 65536))));
    assertThat(log.list()).isEmpty();
  }

  @Test
  void severalRangesAreTakenAndWhatIsInNoneIsNobodys() throws IOException {
    Owners owners = below(Map.of(USERS, "0:5000:10,100:9000:1"), 0);
    assertThat(List.of(owners.user(9), owners.user(10), owners.user(100), owners.user(101)))
        .containsExactly(5009L, 65534L, 9000L, 65534L);
  }

  @Test
  void withoutLabelsAllIsAsStored() throws IOException {
    assertThat(below(Map.of("other", "x"), 0)).isEqualTo(Owners.AS_STORED);
  }

  @Test
  void anImageThatWasCopiedWithTheContainersOwnersHasThemAlready() throws IOException {
    assertThat(below(Map.of(USERS, "0:100000:65536", GROUPS, "0:100000:65536"), 100000))
        .isEqualTo(Owners.AS_STORED);
  }

  @Test
  void aLabelThatIsNoMapIsAFinding() throws IOException {
    for (String bad :
        List.of("0:1", "a:b:c", "0:-1:5", "0:4294967296:1", "0:0:99999999999999999999", ",")) {
      assertThat(below(Map.of(USERS, bad), 0)).isEqualTo(Owners.AS_STORED);
    }
    assertThat(log.list()).hasSize(6);
    assertThat(log.list()).extracting(Finding::found).contains("0:1", "a:b:c");
  }

  @Test
  void theMergedViewHasTheOwnersOfTheMount() throws IOException {
    Owners owners =
        new Owners(List.of(new Owners.Range(0, 100000, 65536)), List.of(new Owners.Range(0, 7, 1)));
    Node upper = root(dir("etc", file("own")));
    Node lower = root(dir("etc", file("image"), file("own")), dir("srv"));
    OverlayTree tree =
        OverlayTree.of(
            List.of(new Layer("upper", upper), new Layer("lower", lower, false, owners)), log);
    assertThat(owner(tree, "/etc/image")).isEqualTo("100000:7");
    assertThat(owner(tree, "/srv")).isEqualTo("100000:7");
    assertThat(owner(tree, "/etc")).isEqualTo("0:0");
    assertThat(owner(tree, "/etc/own")).isEqualTo("0:0");
  }

  private static String owner(OverlayTree tree, String path) throws IOException {
    FileMeta meta = new Lookup(tree).find(path).node().meta();
    return meta.uid() + ":" + meta.gid();
  }

  private Owners below(Map<String, String> labels, long parentsOwner) throws IOException {
    Snapshots.Located own = located("own", SnapshotKind.ACTIVE, labels, root());
    Node parent =
        PictureTree.ofRoot(dir("", file("x")).withOwner(parentsOwner, parentsOwner)).root();
    return new OwnerMaps(log)
        .below(List.of(own, located("parent", SnapshotKind.COMMITTED, Map.of(), parent)));
  }

  private static Snapshots.Located located(
      String key, SnapshotKind kind, Map<String, String> labels, Node directory) {
    Snapshot snapshot =
        new Snapshot(
            "k8s.io",
            "overlayfs",
            key,
            null,
            kind.label(),
            "1",
            null,
            null,
            null,
            null,
            labels,
            "/s/1/fs",
            true,
            List.of(),
            Origin.of("meta.db"));
    var files = new SnapshotDirectory(key, kind, labels, "/s/1/fs", directory, null);
    return new Snapshots.Located(snapshot, files, null);
  }

  private static Node root(Picture... below) throws IOException {
    return PictureTree.of(below).root();
  }
}
