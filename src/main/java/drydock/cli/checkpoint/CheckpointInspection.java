package drydock.cli.checkpoint;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Sizes;
import drydock.checkpoint.Statistics;
import drydock.finding.FindingLog;
import drydock.finding.Parts;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Node;
import drydock.report.Dossier;
import drydock.report.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joins what an engine wrote beside the images of a checkpoint. What is missing is null. */
final class CheckpointInspection {
  private static final List<String> DOCUMENTS =
      List.of(
          "config.dump",
          "spec.dump",
          "status.dump",
          "status",
          "network.status",
          "bind.mounts",
          "pod.options",
          "pod.dump");

  private final Checkpoint checkpoint;
  private final FindingLog log;
  private final Parts parts;

  CheckpointInspection(Checkpoint checkpoint, FindingLog log) {
    this.checkpoint = checkpoint;
    this.log = log;
    this.parts = new Parts(checkpoint.origin(), log);
  }

  /** The whole; the engine's documents only when they are wanted, because they are long. */
  Dossier dossier(boolean withDocuments) throws IOException {
    Dossier dossier = new Dossier().add("engine", Value.of(checkpoint.engine().label()));
    ContainerFacts facts = checkpoint.facts();
    container(dossier, facts);
    times(dossier, facts);
    dossier
        .add("ips", Value.of(facts.ips()))
        .add("macs", Value.of(facts.macs()))
        .add("processes", parts.attempt(() -> Value.of(checkpoint.processes())))
        .add("sizes", parts.attempt(this::sizes))
        .add("statistics", parts.attempt(this::statistics))
        .add("parents", parts.attempt(this::parents))
        .add("deleted_files", parts.attempt(() -> Value.of(checkpoint.deletedFiles())))
        .add("volumes", parts.attempt(() -> Value.of(List.copyOf(checkpoint.volumes().keySet()))))
        .add("labels", Value.of(facts.labels()))
        .add("annotations", Value.of(facts.annotations()))
        .add("image_annotations", Value.of(checkpoint.imageAnnotations()))
        .add("files", parts.attempt(this::files))
        .add("inventory", parts.attempt(() -> ofImages(FrozenInspection::inventory)));
    if (withDocuments) {
      dossier
          .add("frozen", parts.attempt(() -> ofImages(FrozenInspection::records)))
          .add("documents", parts.attempt(this::documents));
    }
    return dossier.add("origin", Value.of(checkpoint.origin()));
  }

  private static void container(Dossier dossier, ContainerFacts facts) {
    dossier
        .add("id", Value.id(facts.id()))
        .add("name", Value.of(facts.name()))
        .add("full_name", Value.of(facts.fullName()))
        .add("pod", Value.of(facts.pod()))
        .add("namespace", Value.of(facts.namespace()))
        .add("pod_uid", Value.of(facts.podUid()))
        .add("pod_id", Value.id(facts.podId()))
        .add("hostname", Value.of(facts.hostname()))
        .add("image", Value.of(facts.image()))
        .add("image_id", Value.id(facts.imageId()))
        .add("image_digest", Value.id(facts.imageDigest()))
        .add("runtime", Value.of(facts.runtime()))
        .add("restarts", Value.of(facts.restarts()))
        .add("log_path", Value.of(facts.logPath()));
  }

  private void times(Dossier dossier, ContainerFacts facts) throws IOException {
    dossier
        .add("created", Value.of(facts.created()))
        .add("started", Value.of(facts.started()))
        .add("checkpointed", Value.of(checkpoint.checkpointed()))
        .add("dumped", Value.of(checkpoint.dumped()))
        .add("restored", Value.of(facts.restored()))
        .add("restored_at", Value.of(facts.restoredAt()));
  }

  /** One part of what the images tell. */
  @FunctionalInterface
  private interface ImagesPart {
    @Nullable Value of(FrozenInspection inspection) throws IOException;
  }

  private @Nullable Value ofImages(ImagesPart part) throws IOException {
    return checkpoint.images().isEmpty()
        ? null
        : part.of(new FrozenInspection(Frozen.of(checkpoint, log), log));
  }

  private Value sizes() throws IOException {
    Sizes sizes = checkpoint.sizes();
    return new Dossier()
        .add("images", Value.of(sizes.images()))
        .add("memory", Value.of(sizes.pages()))
        .add("rootfs_diff", Value.of(sizes.rootFsDiff()))
        .value();
  }

  private @Nullable Value statistics() throws IOException {
    Statistics statistics = checkpoint.statistics();
    if (statistics == null) {
      return null;
    }
    Dossier dossier = new Dossier();
    for (Map.Entry<String, Long> each : statistics.dump().entrySet()) {
      dossier.add(each.getKey(), Value.of(each.getValue()));
    }
    return dossier.value();
  }

  private Value parents() throws IOException {
    List<@Nullable Value> parents = new ArrayList<>();
    for (Node each : checkpoint.parents()) {
      parents.add(Value.of(each.origin()));
    }
    return new Value.Many(parents);
  }

  /** What lies beside the images. */
  private Value files() throws IOException {
    List<@Nullable Value> files = new ArrayList<>();
    for (Entry entry : checkpoint.directory().list()) {
      FileMeta meta = entry.node().meta();
      if (meta.isFile()) {
        files.add(
            new Dossier()
                .add("name", new Value.Bytes(entry.name().bytes()))
                .add("size", Value.of(meta.size()))
                .add("modified", Value.of(meta.times().modified()))
                .value());
      }
    }
    return new Value.Many(files);
  }

  private Value documents() throws IOException {
    Dossier documents = new Dossier();
    for (String name : DOCUMENTS) {
      document(documents, name, checkpoint.file(name));
    }
    Optional<Node> images = checkpoint.images();
    if (images.isPresent()) {
      for (Entry entry : images.get().list()) {
        if (entry.name().is("descriptors.json")) {
          document(documents, "descriptors.json", Optional.of(entry.node()));
        }
      }
    }
    return documents.value();
  }

  private void document(Dossier documents, String name, Optional<Node> file) {
    if (file.isPresent()) {
      documents.add(
          name,
          parts.attempt(
              () -> new Value.Document(file.get().content().allBytes(Checkpoint.MAX_DOCUMENT))));
    }
  }
}
