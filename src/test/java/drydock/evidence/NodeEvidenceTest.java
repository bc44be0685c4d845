package drydock.evidence;

import static drydock.evidence.EvidenceFixtures.exists;
import static org.assertj.core.api.Assertions.assertThat;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Severity;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real nodes: their roles, facts and engines. */
class NodeEvidenceTest {
  private final FindingLog log = new FindingLog();

  private Evidence open(String node, Path... disks) throws IOException {
    Path path = EvidenceFixtures.ROOT.resolve(node).resolve("node.qcow2");
    return Evidence.open(new EvidenceOptions(path, List.of(disks), null, null, null, true), log);
  }

  private static List<String> engines(Evidence evidence) throws IOException {
    return evidence.runtimes().stream().map(Runtime::root).toList();
  }

  private List<Finding> losses() {
    return log.list().stream().filter(f -> f.severity() != Severity.NOTE).toList();
  }

  @Test
  void gkeNodeIsPutTogetherFromItsStatefulAndRootPartitions() throws IOException {
    try (Evidence evidence = open("gke-small")) {
      assertThat(engines(evidence)).containsExactly("/var/lib/containerd");
      assertThat(evidence.runtimes().get(0).origin())
          .as("where the directory lies, not where the root does")
          .hasToString("node.qcow2 > partition 1 > /var/lib/containerd");
      assertThat(exists(evidence.node(), "/etc/containerd/config.toml")).isTrue();
      assertThat(exists(evidence.node(), "/home/kubernetes")).isTrue();
      assertThat(evidence.facts().osName().value()).isEqualTo("Container-Optimized OS from Google");
      assertThat(evidence.facts().osRelease()).containsEntry("ID", "cos");
      assertThat(evidence.facts().hostName().source()).isEqualTo("/etc/hostname");
    }
    assertThat(losses()).isEmpty();
  }

  @Test
  void volumeOfAPodIsADiskAndNotPartOfTheNode() throws IOException {
    Path volume = EvidenceFixtures.ROOT.resolve("gke-wp/pvc.qcow2");
    try (Evidence evidence = open("gke-wp", volume)) {
      assertThat(engines(evidence)).containsExactly("/var/lib/containerd");
      assertThat(evidence.facts().hostName().value())
          .isEqualTo("gke-wp-cluster-default-pool-b4e5d97b-btxm");
      OpenedPartition whole = evidence.disks().get(1).partitions().get(0);
      assertThat(whole.fileSystem().orElseThrow().lastMounted()).isEqualTo("/var/www/html");
      assertThat(evidence.role(whole)).isEmpty();
      assertThat(exists(evidence.node(), "/var/www")).isFalse();
      assertThat(whole.tree().root().list()).isNotEmpty();
    }
    assertThat(losses()).isEmpty();
  }

  @Test
  void k3sNodeIsOneRoot() throws IOException {
    try (Evidence evidence = open("k3s")) {
      assertThat(engines(evidence)).containsExactly("/var/lib/rancher/k3s/agent/containerd");
      assertThat(evidence.facts().osName().value()).isEqualTo("Ubuntu 24.04.3 LTS");
      assertThat(evidence.facts().hostName().value()).isEqualTo("k3s-branch-7");
      List<OpenedPartition> partitions = evidence.disks().get(0).partitions();
      assertThat(evidence.role(partitions.get(1))).contains("/");
      assertThat(partitions.get(0).whyNot()).isPresent();
    }
    assertThat(losses()).isEmpty();
  }

  @Test
  void dockerNodeFindsItsRootByFstabToo() throws IOException {
    try (Evidence evidence = open("docker-containerd")) {
      assertThat(engines(evidence)).containsExactly("/var/lib/containerd");
      assertThat(evidence.facts().hostName().value()).isEqualTo("delta-host-1");
    }
    assertThat(losses()).isEmpty();
  }
}
