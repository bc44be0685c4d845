package drydock.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import drydock.bytes.ArraySource;
import drydock.bytes.Origin;
import drydock.evidence.VolumeDisks.Candidate;
import drydock.evidence.VolumeDisks.Store;
import drydock.finding.FindingLog;
import drydock.fs.FileSystemInfo;
import drydock.fs.OpenOptions;
import drydock.kubernetes.Volume;
import drydock.partition.Partition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VolumeDisksTest {
  private static final String GLOBAL = "/k/plugins/kubernetes.io/csi/d/4d1f/globalmount";
  private static final String UUID = "0f9e8d7c-6b5a-4948-b7a6-958473625140";

  private final Store one = store("pvc-1", "zones/c/disks/disk-1", GLOBAL, "/var/www/html");
  private final Store two = store("pvc-2", UUID, null, "/data");

  private static Store store(
      String name, @Nullable String handle, @Nullable String global, String destination) {
    Store store = new Store();
    Origin origin = Origin.of("node");
    String path = "/k/pods/u/volumes/kubernetes.io~csi/" + name + "/mount";
    store.volumes.add(
        new Volume("u", name, "kubernetes.io~csi", "d", handle, path, global, origin));
    store.destinations.add(destination);
    return store;
  }

  private static Candidate disk(
      String file, @Nullable String label, @Nullable String uuid, @Nullable String mounted) {
    Partition partition =
        new Partition(
            0, 0, 0, null, null, null, null, 0, new ArraySource(new byte[0], Origin.of(file)));
    return new Candidate(
        file,
        new OpenedPartition(partition, OpenOptions.DEFAULT, new FindingLog()),
        new FileSystemInfo("ext4", label, uuid, null, mounted, null, Map.of()));
  }

  private void assign(Candidate... disks) {
    new VolumeDisks(List.of(disks)).assign(List.of(one, two));
  }

  @Test
  void whereTheNodeMountedADiskIsNoGuess() {
    Candidate disk = disk("a.raw", null, null, GLOBAL);
    assign(disk);
    assertThat(one.disk()).isSameAs(disk.partition());
    assertThat(one.guess()).isFalse();
    assertThat(one.why()).contains(GLOBAL);
    assertThat(two.disk()).isNull();
  }

  @Test
  void uuidAndLabelThatNameTheVolumeAreNoGuess() {
    Candidate byUuid =
        disk("a.raw", null, UUID.toUpperCase(java.util.Locale.ROOT), "/var/www/html");
    Candidate byLabel = disk("b.raw", "disk-1", null, "/data");
    assign(byUuid, byLabel);
    assertThat(two.disk()).isSameAs(byUuid.partition());
    assertThat(one.disk()).isSameAs(byLabel.partition());
    assertThat(List.of(one.guess(), two.guess())).containsOnly(false);
  }

  @Test
  void theFilesNameIsAGuess() {
    Candidate disk = disk("disk-1.qcow2", null, null, null);
    assign(disk, disk("x.raw", null, null, null));
    assertThat(one.disk()).isSameAs(disk.partition());
    assertThat(one.guess()).isTrue();
  }

  @Test
  void wherePodsHaveItIsAGuess() {
    Candidate disk = disk("a.raw", null, null, "/data");
    assign(disk);
    assertThat(two.disk()).isSameAs(disk.partition());
    assertThat(two.guess()).isTrue();
    assertThat(one.disk()).isNull();
  }

  @Test
  void theLastOfBothBelongTogether() {
    Candidate sure = disk("a.raw", null, null, GLOBAL);
    Candidate last = disk("b.raw", "", null, "/elsewhere");
    assign(last, sure);
    assertThat(one.disk()).isSameAs(sure.partition());
    assertThat(two.disk()).isSameAs(last.partition());
    assertThat(two.guess()).isTrue();
  }

  @Test
  void whatFitsTwoVolumesTellsNothing() {
    two.destinations.add("/var/www/html");
    assign(disk("a.raw", null, null, "/var/www/html"));
    assertThat(one.disk()).isNull();
    assertThat(two.disk()).isNull();
  }
}
