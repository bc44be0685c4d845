package drydock.runtime.containerd;

import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The CRI plugin's directory: {@code containers/ID/status} and {@code sandboxes/ID/hostname}. */
final class CriState {
  /** The plugin's own name for its directory; containerd 2 keeps the one of 1.x. */
  private static final List<String> ROOTS =
      List.of("io.containerd.grpc.v1.cri", "io.containerd.cri.v1.runtime");

  private static final String STATUS_VERSION = "v1";

  private final EngineDirectory engine;
  private final FindingLog log;

  CriState(EngineDirectory engine, FindingLog log) {
    this.engine = engine;
    this.log = log;
  }

  /** Ids of the containers that have a directory. */
  TreeSet<String> containerIds() throws IOException {
    return ids("containers");
  }

  /** Ids of the sandboxes that have a directory. */
  TreeSet<String> sandboxIds() throws IOException {
    return ids("sandboxes");
  }

  private TreeSet<String> ids(String kind) throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    for (String root : ROOTS) {
      ids.addAll(engine.names(root + "/" + kind));
    }
    return ids;
  }

  /** The status file, as stored. */
  Optional<Node> statusFile(String id) throws IOException {
    return file("containers", id, "status");
  }

  /** Where a container's directory lies, or would lie. */
  Origin origin(String kind, String id) throws IOException {
    for (String root : ROOTS) {
      if (engine.directory(root + "/" + kind).isPresent()) {
        return engine.originOf(root + "/" + kind + "/" + id);
      }
    }
    return engine.originOf(ROOTS.get(0) + "/" + kind + "/" + id);
  }

  /**
   * How the container goes; empty, and a finding when the file is damaged, where it does not say.
   */
  Optional<CriStatus> status(String id) throws IOException {
    Optional<Node> file = statusFile(id);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Origin origin = file.get().origin().child("containers/" + id + "/status");
    try {
      byte[] json = file.get().content().allBytes(EngineDirectory.MAX_STATE_FILE);
      CriStatus status = CriStatus.decode(json, origin);
      if (!STATUS_VERSION.equals(status.version())) {
        log.add(Finding.note(origin, "a status file of version " + status.version()));
      }
      return Optional.of(status);
    } catch (IOException e) {
      log.add(e, origin);
      return Optional.empty();
    }
  }

  /** The host name that was written for a sandbox's {@code /etc/hostname}. */
  @Nullable String hostname(String sandboxId) throws IOException {
    Optional<Node> file = file("sandboxes", sandboxId, "hostname");
    if (file.isEmpty()) {
      return null;
    }
    try {
      byte[] bytes = file.get().content().allBytes(EngineDirectory.MAX_STATE_FILE);
      String text = new String(bytes, StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? null : text;
    } catch (IOException e) {
      log.add(e, file.get().origin());
      return null;
    }
  }

  private Optional<Node> file(String kind, String id, String name) throws IOException {
    if (id.isEmpty() || id.indexOf('/') >= 0) {
      return Optional.empty();
    }
    for (String root : ROOTS) {
      String parent = root + "/" + kind;
      Optional<Node> directory = engine.directory(parent);
      if (directory.isEmpty()) {
        continue;
      }
      String path = engine.path(parent + "/" + id);
      Optional<Found> own = engine.child(directory.get(), path, id).filter(Found::isDirectory);
      if (own.isPresent()) {
        return engine
            .child(own.get().node(), path + "/" + name, name)
            .filter(Found::isFile)
            .map(Found::node);
      }
    }
    return Optional.empty();
  }
}
