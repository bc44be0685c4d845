package drydock.cli;

import drydock.cli.select.Owned;
import drydock.evidence.Evidence;
import drydock.finding.FindingLog;
import drydock.finding.Parts;
import drydock.fs.FileMeta;
import drydock.kubernetes.ContainerLogs;
import drydock.kubernetes.LogFile;
import drydock.kubernetes.PodLogs;
import drydock.report.Dossier;
import drydock.report.ImageReport;
import drydock.report.PodReport;
import drydock.report.SnapshotReport;
import drydock.report.Value;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.Mount;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins what an engine and the node's files tell of one container. What is missing is null or a
 * finding.
 */
final class Inspection {
  private static final List<String> SHOWN_OF_SNAPSHOTS =
      List.of("key", "layer_digest", "kind", "id", "size", "present", "path");

  private final Evidence evidence;
  private final Runtime runtime;
  private final Container container;
  private final FindingLog log;
  private final Parts parts;

  Inspection(Evidence evidence, Owned<Container> owned, FindingLog log) {
    this.evidence = evidence;
    this.runtime = owned.runtime();
    this.container = owned.thing();
    this.log = log;
    this.parts = new Parts(container.origin(), log);
  }

  /** The whole; the engine's documents only when they are wanted, because they are long. */
  Dossier dossier(boolean withDocuments) throws IOException {
    Dossier dossier = Dossier.of(new LogBytes(evidence, log).report(), container);
    dossier.add("pod_record", parts.attempt(this::pod));
    dossier.add("image_record", parts.attempt(this::image));
    dossier.add("snapshots", parts.attempt(() -> snapshots(withDocuments)));
    dossier.add("mounts", parts.attempt(this::mounts));
    dossier.add("environment", parts.attempt(() -> Value.of(runtime.environment(container))));
    dossier.add("log_files", parts.attempt(this::logs));
    if (withDocuments) {
      dossier.add("spec", parts.attempt(() -> new Value.Document(runtime.spec(container))));
      dossier.add("documents", parts.attempt(this::documents));
    }
    return dossier;
  }

  private @Nullable Value pod() throws IOException {
    PodRef ref = container.pod();
    for (Pod pod : runtime.pods()) {
      boolean own = pod.runtimeNamespace().equals(container.namespace());
      boolean mine = ref != null && pod.sandboxId().equals(ref.sandboxId());
      if (own && (mine || pod.sandboxId().equals(container.id()))) {
        return Dossier.of(PodReport.REPORT, pod).value();
      }
    }
    return null;
  }

  private @Nullable Value image() throws IOException {
    for (Image image : runtime.images()) {
      if (image.namespace().equals(container.namespace())
          && image.name().equals(container.image())) {
        return Dossier.of(ImageReport.REPORT, image).value();
      }
    }
    return null;
  }

  /** The chain, the writable one first; for people only what they look for. */
  private Value snapshots(boolean whole) throws IOException {
    List<@Nullable Value> links = new ArrayList<>();
    for (SnapshotLink link : runtime.chain(container)) {
      Dossier dossier = new Dossier();
      dossier.add("layer_digest", Value.id(link.layerDigest()));
      dossier.add("diff_id", Value.id(link.diffId()));
      dossier.addAll(Dossier.of(SnapshotReport.REPORT, link.snapshot()));
      links.add((whole ? dossier : dossier.only(SHOWN_OF_SNAPSHOTS)).value());
    }
    return new Value.Many(links);
  }

  private Value mounts() throws IOException {
    List<@Nullable Value> mounts = new ArrayList<>();
    for (Mount mount : runtime.mounts(container)) {
      mounts.add(
          new Dossier()
              .add("destination", Value.of(mount.destination()))
              .add("type", Value.of(mount.type()))
              .add("source", Value.of(mount.source()))
              .add("options", Value.of(mount.options()))
              .value());
    }
    return new Value.Many(mounts);
  }

  private Value documents() throws IOException {
    Dossier documents = new Dossier();
    runtime
        .documents(container)
        .forEach((name, json) -> documents.add(name, new Value.Document(json)));
    return documents.value();
  }

  /** The files of the log that the engine names: of all attempts, as they were written. */
  private Value logs() throws IOException {
    List<@Nullable Value> logs = new ArrayList<>();
    String path = container.logPath();
    if (path == null || path.isEmpty()) {
      return new Value.Many(logs);
    }
    Optional<ContainerLogs> found = new PodLogs(evidence.node(), log).at(path);
    for (LogFile file : found.map(ContainerLogs::files).orElse(List.of())) {
      FileMeta meta = file.node().meta();
      logs.add(
          new Dossier()
              .add("path", new Value.Bytes(file.path().bytes()))
              .add("attempt", Value.of(file.attempt()))
              .add("size", Value.of(file.size()))
              .add("modified", Value.of(meta.times().modified()))
              .add("inode", Value.of(meta.inode()))
              .add("origin", Value.of(file.node().origin()))
              .value());
    }
    return new Value.Many(logs);
  }
}
