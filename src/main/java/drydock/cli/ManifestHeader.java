package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.evidence.NodeFacts;
import drydock.evidence.OpenedDisk;
import drydock.report.ContainerReport;
import drydock.report.Dossier;
import drydock.report.Value;
import drydock.runtime.Container;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a manifest: what was taken out of which evidence, and how.
 *
 * @param owner the container; null when files of the node were taken
 * @param target the name of the file or directory that was written
 * @param paths what was chosen; empty when all was
 */
record ManifestHeader(
    Evidence evidence,
    @Nullable Owned<Container> owner,
    String target,
    ExportKind kind,
    boolean volumes,
    boolean hashed,
    List<String> paths) {
  private static final int VERSION = 1;

  private static final List<String> OF_CONTAINER =
      List.of(
          "engine",
          "namespace",
          "id",
          "name",
          "pod",
          "pod_namespace",
          "pod_uid",
          "image",
          "image_digest",
          "created",
          "status",
          "snapshotter",
          "snapshot_key",
          "origin");

  Dossier dossier() throws IOException {
    List<@Nullable Value> files = new ArrayList<>();
    for (OpenedDisk disk : evidence.disks()) {
      files.add(
          new Dossier()
              .add("file", Value.of(disk.path().toString()))
              .add("format", Value.of(disk.format()))
              .add("size", Value.of(disk.size()))
              .value());
    }
    Dossier header =
        new Dossier()
            .add("record", Value.of("export"))
            .add("version", Value.of(VERSION))
            .add("target", Value.of(target))
            .add("format", Value.of(kind.toString()))
            .add("evidence", Value.of(evidence.origin()))
            .add("disks", new Value.Many(files))
            .add("node", node());
    if (owner != null) {
      Dossier container = Dossier.of(ContainerReport.REPORT, owner.thing()).only(OF_CONTAINER);
      header.add("container", container.value());
      header.add("volumes", Value.of(volumes));
      header.add("layers", layers(owner));
    }
    return header.add("paths", Value.of(paths)).add("hashed", Value.of(hashed));
  }

  private @Nullable Value node() {
    if (evidence.frozen().isPresent()) {
      return null;
    }
    NodeFacts facts;
    try {
      facts = evidence.facts();
    } catch (IOException e) {
      evidence.log().add(e, evidence.origin());
      return null;
    }
    return new Dossier()
        .add("host_name", value(facts.hostName()))
        .add("machine_id", value(facts.machineId()))
        .add("os", value(facts.osName()))
        .value();
  }

  private static @Nullable Value value(NodeFacts.@Nullable Fact fact) {
    return fact == null ? null : Value.of(fact.value());
  }

  /** The layers by the numbers that the lines of files have. */
  private static Value layers(Owned<Container> owner) throws IOException {
    List<@Nullable Value> layers = new ArrayList<>();
    for (SnapshotLink link : owner.runtime().chain(owner.thing())) {
      layers.add(
          new Dossier()
              .add("layer", Value.of(layers.size()))
              .add("snapshot", Value.of(link.snapshot().key()))
              .add("layer_digest", Value.id(link.layerDigest()))
              .add("diff_id", Value.id(link.diffId()))
              .add("path", Value.of(link.snapshot().path()))
              .add("present", Value.of(link.snapshot().present()))
              .value());
    }
    return new Value.Many(layers);
  }
}
