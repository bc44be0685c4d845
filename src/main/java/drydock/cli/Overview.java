package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.evidence.NodeFacts;
import drydock.evidence.OpenedDisk;
import drydock.evidence.OpenedPartition;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.finding.Parts;
import drydock.finding.Severity;
import drydock.fs.FileSystemInfo;
import drydock.partition.Partition;
import drydock.report.Dossier;
import drydock.report.Value;
import drydock.runtime.Container;
import drydock.runtime.Runtime;
import drydock.runtime.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what {@code info} tells. A part that cannot be read is a finding, and the others are
 * told.
 */
final class Overview {
  private final Evidence evidence;
  private final FindingLog log;
  private final Parts parts;

  Overview(Evidence evidence, FindingLog log) {
    this.evidence = evidence;
    this.log = log;
    this.parts = new Parts(evidence.origin(), log);
  }

  Dossier dossier() throws IOException {
    // The tree first: what it opens tells more of itself afterwards.
    Value node = parts.attempt(() -> node(evidence.facts()));
    Value engines = parts.attempt(this::engines);
    List<@Nullable Value> disks = new ArrayList<>();
    List<@Nullable Value> partitions = new ArrayList<>();
    List<@Nullable Value> systems = new ArrayList<>();
    for (OpenedDisk disk : evidence.disks()) {
      disks.add(disk(disk).value());
      for (OpenedPartition each : disk.partitions()) {
        partitions.add(partition(each));
        fileSystem(each, systems);
      }
    }
    if (evidence.disks().isEmpty()) {
      systems.add(parts.attempt(() -> tree(evidence.node().info()).value()));
    }
    return new Dossier()
        .add("evidence", Value.of(evidence.origin()))
        .add("disks", new Value.Many(disks))
        .add("partitions", new Value.Many(partitions))
        .add("file_systems", new Value.Many(systems))
        .add("node", node)
        .add("engines", engines)
        .add("findings", findings());
  }

  private static Dossier disk(OpenedDisk disk) {
    Dossier dossier = new Dossier();
    dossier.add("file", Value.of(disk.path().toString()));
    dossier.add("format", Value.of(disk.format()));
    dossier.add("size", Value.of(disk.size()));
    disk.details().forEach((name, value) -> dossier.add(snake(name), Value.of(value)));
    dossier.add("partition_table", Value.of(disk.table().scheme()));
    dossier.add("partition_table_id", Value.of(disk.table().id()));
    dossier.add("sector_bytes", Value.of(disk.table().sectorBytes()));
    dossier.add("origin", Value.of(disk.bytes().origin()));
    return dossier;
  }

  private Value partition(OpenedPartition opened) throws IOException {
    Partition partition = opened.partition();
    Value type =
        parts.attempt(() -> Value.of(opened.fileSystem().map(FileSystemInfo::type).orElse(null)));
    return new Dossier()
        .add("number", Value.of(partition.number()))
        .add("start", Value.of(partition.start()))
        .add("length", Value.of(partition.length()))
        .add("label", Value.of(partition.label()))
        .add(
            "type",
            Value.of(partition.typeName() == null ? partition.type() : partition.typeName()))
        .add("id", Value.id(partition.id()))
        .add("file_system", type)
        .add("role", parts.attempt(() -> Value.of(evidence.role(opened).orElse(null))))
        .add(
            "why_not",
            type != null ? null : parts.attempt(() -> Value.of(opened.whyNot().orElse(null))))
        .add("origin", Value.of(partition.bytes().origin()))
        .value();
  }

  private void fileSystem(OpenedPartition opened, List<@Nullable Value> systems)
      throws IOException {
    FileSystemInfo info;
    try {
      info = opened.fileSystem().orElse(null);
    } catch (IOException e) {
      return; // said where the partition was told
    }
    if (info != null) {
      Dossier dossier = new Dossier();
      dossier.add("partition", Value.of(opened.partition().number()));
      dossier.add("read", Value.of(opened.isOpen()));
      dossier.addAll(tree(info));
      dossier.add("origin", Value.of(opened.partition().bytes().origin()));
      systems.add(dossier.value());
    }
  }

  private static Dossier tree(FileSystemInfo info) {
    Dossier dossier =
        new Dossier()
            .add("type", Value.of(info.type()))
            .add("label", Value.of(info.label()))
            .add("uuid", Value.of(info.uuid()))
            .add("state", Value.of(info.state()))
            .add("last_mounted", Value.of(info.lastMounted()))
            .add("size", Value.of(info.size()));
    Dossier details = new Dossier();
    info.details().forEach((name, value) -> details.add(snake(name), Value.of(value)));
    return dossier.add("details", details.value());
  }

  private static Value node(NodeFacts facts) {
    Dossier dossier = new Dossier();
    Map<String, NodeFacts.@Nullable Fact> known = new LinkedHashMap<>();
    known.put("os", facts.osName());
    known.put("host_name", facts.hostName());
    known.put("machine_id", facts.machineId());
    known.put("kernel", facts.kernel());
    known.put("kubelet", facts.kubelet());
    known.put("containerd", facts.containerd());
    Dossier sources = new Dossier();
    known.forEach(
        (name, fact) -> {
          dossier.add(name, Value.of(fact == null ? null : fact.value()));
          if (fact != null) {
            sources.add(name, Value.of(fact.source()));
          }
        });
    dossier.add("os_release", Value.of(facts.osRelease()));
    return dossier.add("read_from", sources.value()).value();
  }

  private Value engines() throws IOException {
    List<@Nullable Value> engines = new ArrayList<>();
    evidence.tellOtherEngines();
    for (Runtime runtime : Owned.runtimes(evidence)) {
      List<Container> containers = runtime.containers();
      long running = containers.stream().filter(c -> c.state().status() == Status.RUNNING).count();
      engines.add(
          new Dossier()
              .add("engine", Value.of(runtime.engine()))
              .add("root", Value.of(runtime.root()))
              .add("namespaces", Value.of(runtime.namespaces().size()))
              .add("containers", Value.of(containers.size()))
              .add("running", Value.of(running))
              .add("pods", Value.of(runtime.pods().size()))
              .add("images", Value.of(runtime.images().size()))
              .add("snapshots", Value.of(runtime.snapshots().size()))
              .add("content", Value.of(runtime.content().size()))
              .add("leases", Value.of(runtime.leases().size()))
              .add("origin", Value.of(runtime.origin()))
              .value());
    }
    return new Value.Many(engines);
  }

  /** How many findings of each kind there are; standard error tells them. */
  private Value findings() {
    Dossier counts = new Dossier();
    for (Severity severity : Severity.values()) {
      long count = log.list().stream().map(Finding::severity).filter(severity::equals).count();
      counts.add(severity.name().toLowerCase(Locale.ROOT), Value.of(count));
    }
    return counts.value();
  }

  private static String snake(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
  }
}
