package drydock.evidence;

import static drydock.evidence.EvidenceFixtures.exists;
import static drydock.evidence.EvidenceFixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.fs.FileTree;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which partition holds what, on disks laid out as real nodes are. */
class NodeLayoutTest {
  @TempDir Path folder;
  private final FindingLog log = new FindingLog();

  private Evidence open(String name, String... others) throws IOException {
    List<Path> disks = new ArrayList<>();
    for (String other : others) {
      disks.add(EvidenceFixtures.unpack(other, folder));
    }
    Path path = EvidenceFixtures.unpack(name, folder);
    return Evidence.open(new EvidenceOptions(path, disks, null, null, null, true), log);
  }

  private static Map<Integer, String> roles(Evidence evidence) throws IOException {
    Map<Integer, String> roles = new TreeMap<>();
    for (OpenedPartition each : evidence.disks().get(0).partitions()) {
      evidence.role(each).ifPresent(role -> roles.put(each.partition().number(), role));
    }
    return roles;
  }

  private List<String> losses() {
    return log.list().stream()
        .filter(f -> f.severity() != Severity.NOTE)
        .map(Finding::what)
        .toList();
  }

  private List<String> notes() {
    return log.list().stream()
        .filter(f -> f.severity() == Severity.NOTE)
        .map(Finding::what)
        .toList();
  }

  @Test
  void fstabIsFollowedByEveryKindOfName() throws IOException {
    try (Evidence evidence = open("split.raw")) {
      assertThat(roles(evidence))
          .isEqualTo(Map.of(1, "/", 2, "/var", 3, "/var/lib", 4, "/home", 5, "/srv", 6, "/opt"));
      FileTree node = evidence.node();
      assertThat(text(node, "/var/log/syslog")).isEqualTo("of var\n");
      assertThat(text(node, "/home/analyst/notes")).isEqualTo("of home\n");
      assertThat(text(node, "/srv/engine/mark")).isEqualTo("of srv\n");
      assertThat(text(node, "/data/mark")).as("bound").isEqualTo("of srv\n");
      assertThat(text(node, "/opt/tool")).isEqualTo("of opt\n");
      assertThat(
              exists(node, "/var/hidden")
                  || exists(node, "/home/hidden")
                  || exists(node, "/var/lib/hidden"))
          .as("what a mount hides")
          .isFalse();
    }
  }

  @Test
  void whatFstabMountsFromOtherDisksIsSaidToBeMissing() throws IOException {
    try (Evidence evidence = open("split.raw")) {
      evidence.node();
      assertThat(losses())
          .containsExactlyInAnyOrder(
              "/lost was on UUID=12345678-0000-0000-0000-000000000000 (fstab), which none of these disks has: add it"
                  + " with --disk",
              "/second was on /dev/nvme1n1p1 (fstab), which none of these disks has: add it with --disk");
      assertThat(notes()).singleElement().asString().contains("/spare was on LABEL=spare");
    }
  }

  @Test
  void partitionsWhoseFilesAreNotSeenAreNamedOnce() throws IOException {
    Path path = EvidenceFixtures.unpack("split.raw", folder);
    try (RandomAccessFile disk = new RandomAccessFile(path.toFile(), "rw")) {
      overwrite(disk, 7340032, "XFSB"); // partition 7, which nobody mounts
      overwrite(disk, 6291456, "LUKS\u00ba\u00be"); // partition 6, which fstab has at /opt
      overwrite(disk, 5242880, "FAT32 is no file system of the node");
    }
    try (Evidence evidence = Evidence.open(EvidenceOptions.of(path), log)) {
      evidence.node();
    }
    assertThat(losses().stream().filter(what -> what.contains("holds")))
        .containsExactlyInAnyOrder(
            "/opt is missing: split.raw > partition 6: holds LUKS encryption",
            "/srv is missing: split.raw > partition 5: holds no known file system",
            "is not read, and its files are missing here: holds XFS");
  }

  @Test
  void whoLooksAtTheFileSystemsOneByOneHearsOfThoseThatAreNotRead() throws IOException {
    Path path = EvidenceFixtures.unpack("split.raw", folder);
    try (RandomAccessFile disk = new RandomAccessFile(path.toFile(), "rw")) {
      overwrite(disk, 7340032, "XFSB");
      overwrite(disk, 6291456, "\u00eb\u0058\u0090-FVE-FS-");
    }
    try (Evidence evidence = Evidence.open(EvidenceOptions.of(path), log)) {
      evidence.tellUnread();
      assertThat(losses())
          .containsExactlyInAnyOrder(
              "is not read, and its files are missing here: holds XFS",
              "is not read, and its files are missing here: holds BitLocker encryption");
    }
    FindingLog alone = new FindingLog();
    EvidenceOptions first = new EvidenceOptions(path, List.of(), 1, null, null, true);
    try (Evidence evidence = Evidence.open(first, alone)) {
      evidence.tellUnread();
      assertThat(alone.list()).as("one partition was asked for").isEmpty();
    }
  }

  private static void overwrite(RandomAccessFile disk, long at, String text) throws IOException {
    disk.seek(at);
    disk.write(new byte[512 << 10]);
    disk.seek(at);
    disk.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void partitionsThatNobodyNeedsAreNotOpened() throws IOException {
    try (Evidence evidence = open("split.raw")) {
      evidence.node();
      assertThat(evidence.disks().get(0).partitions())
          .extracting(OpenedPartition::isOpen)
          .containsExactly(true, true, true, true, true, true, false);
    }
  }

  @Test
  void factsAreReadWhereTheyStand() throws IOException {
    try (Evidence evidence = open("split.raw")) {
      NodeFacts facts = evidence.facts();
      assertThat(facts.osName())
          .isEqualTo(new NodeFacts.Fact("Debian GNU/Linux 12 (bookworm)", "/etc/os-release"));
      assertThat(facts.osRelease()).containsEntry("ID", "debian");
      assertThat(facts.hostName()).isEqualTo(new NodeFacts.Fact("split-1", "/etc/hostname"));
      assertThat(facts.machineId().value()).isEqualTo("b50ae3204695df81df2264e51a2c071d");
      assertThat(facts.kernel())
          .isEqualTo(new NodeFacts.Fact("6.1.0-13-amd64", "/usr/lib/modules"));
      assertThat(facts.kubelet())
          .isEqualTo(new NodeFacts.Fact("1.29.3-1.1", "/var/lib/dpkg/status"));
      assertThat(facts.containerd().value()).isEqualTo("1.7.2-1");
    }
  }

  @Test
  void withoutFstabTheSuperblocksTellAndVolumesAreNotBelieved() throws IOException {
    try (Evidence evidence = open("mounted.raw")) {
      assertThat(roles(evidence)).isEqualTo(Map.of(1, "/var/lib/containerd", 3, "/home", 4, "/"));
      assertThat(exists(evidence.node(), "/var/lib/containerd/io.containerd.mark")).isTrue();
      assertThat(exists(evidence.node(), "/var/www/html/index.php")).as("a volume").isFalse();
      assertThat(evidence.runtimes())
          .singleElement()
          .satisfies(r -> assertThat(r.root()).isEqualTo("/var/lib/containerd"));
      assertThat(evidence.facts().osName().value()).isEqualTo("Plain");
      assertThat(notes()).hasSize(2).allMatch(what -> what.contains("where its superblock says"));
    }
  }

  @Test
  void homeOfAnotherDiskMayBeAContainersAndIsNotTheNodes() throws IOException {
    try (Evidence evidence = open("cos-b.raw", "volume-at-home.img")) {
      assertThat(exists(evidence.node(), "/home/someone-else")).isFalse();
    }
    try (Evidence evidence = open("split.raw", "volume-at-home.img")) {
      assertThat(exists(evidence.node(), "/home/someone-else")).isFalse();
      assertThat(text(evidence.node(), "/home/analyst/notes")).isEqualTo("of home\n");
    }
  }

  @Test
  void bootedSlotIsToldByTheKernelsBits() throws IOException {
    try (Evidence evidence = open("cos-b.raw")) {
      assertThat(evidence.facts().osName().value()).isEqualTo("Container-Optimized OS, booted");
      assertThat(roles(evidence))
          .isEqualTo(
              Map.of(5, "/", 1, "/mnt/stateful_partition, /var (its /var), /home (its /home)"));
      assertThat(notes()).singleElement().asString().contains("KERN-B has priority 2, successful");
      assertThat(losses()).isEmpty();
    }
  }

  @Test
  void slotWithoutSuccessAndTriesIsNotTheBootedOne() throws IOException {
    try (Evidence evidence = open("cos-tries.raw")) {
      assertThat(evidence.facts().osName().value()).isEqualTo("Container-Optimized OS, booted");
      assertThat(notes())
          .singleElement()
          .asString()
          .contains("KERN-B has priority 1, 1 tries left");
    }
  }

  @Test
  void statefulPartitionGivesVarAndHomeAndNotEtc() throws IOException {
    try (Evidence evidence = open("cos-b.raw")) {
      FileTree node = evidence.node();
      assertThat(exists(node, "/home/kubernetes/bin/mark")).isTrue();
      assertThat(exists(node, "/mnt/stateful_partition/etc/hidden")).isTrue();
      assertThat(exists(node, "/etc/hidden")).isFalse();
      assertThat(evidence.facts().hostName())
          .isEqualTo(new NodeFacts.Fact("gke-pool-1", "/var/lib/cloud/data/previous-hostname"));
    }
  }

  @Test
  void engineThatSeveralPathsLeadToIsThereOnce() throws IOException {
    try (Evidence evidence = open("cos-b.raw")) {
      assertThat(exists(evidence.node(), "/mnt/stateful_partition/var/lib/containerd")).isTrue();
      assertThat(evidence.runtimes())
          .singleElement()
          .satisfies(r -> assertThat(r.root()).isEqualTo("/var/lib/containerd"));
    }
  }

  @Test
  void unreadableRootIsAFindingAndTheRestIsThere() throws IOException {
    try (Evidence evidence = open("cos-squashfs.raw")) {
      assertThat(exists(evidence.node(), "/var/lib/containerd")).isTrue();
      assertThat(losses())
          .singleElement()
          .asString()
          .contains("the root cannot be read")
          .contains("SquashFS");
      assertThat(evidence.facts().osName()).isNull();
    }
  }

  @Test
  void bottlerocketsDataIsTheNodesVar() throws IOException {
    try (Evidence evidence = open("bottlerocket.raw", "bottlerocket-data.raw")) {
      FileTree node = evidence.node();
      assertThat(exists(node, "/opt/cni/bin/mark")).isTrue();
      assertThat(exists(node, "/local/var/lib/containerd")).isTrue();
      assertThat(evidence.runtimes())
          .singleElement()
          .satisfies(r -> assertThat(r.root()).isEqualTo("/var/lib/containerd"));
      assertThat(losses()).singleElement().asString().contains("EROFS");
    }
  }

  @Test
  void partitionAndOffsetOverrule() throws IOException {
    Path path = EvidenceFixtures.unpack("cos-b.raw", folder);
    EvidenceOptions third = new EvidenceOptions(path, List.of(), 3, null, null, true);
    try (Evidence evidence = Evidence.open(third, log)) {
      assertThat(evidence.facts().osName().value()).isEqualTo("Container-Optimized OS, old");
      assertThat(roles(evidence)).isEqualTo(Map.of(3, "/ (as asked for)"));
    }
    EvidenceOptions state = new EvidenceOptions(path, List.of(), null, 1L << 20, null, true);
    try (Evidence evidence = Evidence.open(state, log)) {
      assertThat(exists(evidence.node(), "/etc/hidden")).isTrue();
      assertThat(evidence.node().origin()).hasToString("cos-b.raw > offset 1048576");
      assertThat(evidence.runtimes()).hasSize(1);
    }
  }
}
