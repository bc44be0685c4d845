package drydock.evidence;

import drydock.checkpoint.Checkpoint;
import drydock.finding.FindingLog;
import drydock.fs.DeletedName;
import drydock.fs.Entry;
import drydock.fs.FileMeta;
import drydock.fs.Lookup;
import drydock.fs.Name;
import drydock.fs.Node;
import drydock.fs.TreePath;
import drydock.oci.Digest;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.Runtime;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints on a node, where the kubelet and the engines put them, and in images. An archive
 * that somebody put elsewhere is not found.
 *
 * <p>Sources: kubelet {@code pkg/kubelet/config/defaults.go}; Docker {@code daemon/checkpoint.go};
 * Podman {@code libpod/container_internal_common.go}; containerd {@code
 * internal/cri/server/container_checkpoint_linux.go}.
 */
public final class StoredCheckpoints {
  private static final String ANY = "*";

  /** One line each: names, and {@code *} for all in a directory. */
  private static final List<String> PLACES =
      List.of(
          "/var/lib/kubelet/checkpoints/*",
          "/var/lib/kubelet/pod-checkpoints/*",
          "/var/lib/containerd/io.containerd.grpc.v1.cri/containers/*/ctrd-checkpoint",
          "/var/lib/containers/storage/overlay-containers/*/userdata/checkpoint",
          "/var/lib/docker/containers/*/checkpoints/*");

  private final Evidence evidence;
  private final FindingLog log;
  private final Map<String, Container> containers = new TreeMap<>();

  private StoredCheckpoints(Evidence evidence) {
    this.evidence = evidence;
    this.log = evidence.log();
  }

  /** Takes what was found. */
  @FunctionalInterface
  public interface Sink {
    void take(StoredCheckpoint found) throws IOException;
  }

  /** All of them, place by place, in the order of their names; behind them the deleted names. */
  public static void find(Evidence evidence, Sink sink) throws IOException {
    StoredCheckpoints search = new StoredCheckpoints(evidence);
    for (Runtime runtime : evidence.runtimes()) {
      for (Container each : runtime.containers()) {
        search.containers.putIfAbsent(each.id(), each);
      }
    }
    for (String place : PLACES) {
      search.expand(TreePath.ROOT, TreePath.of(place).names(), 0, sink);
    }
    for (Runtime runtime : evidence.runtimes()) {
      search.images(runtime, sink);
    }
  }

  /** Checkpoints that were made images of, as {@code ctr} does. */
  private void images(Runtime runtime, Sink sink) throws IOException {
    Set<Digest> seen = new HashSet<>();
    for (Image image : runtime.images()) {
      Digest digest = image.digest();
      Optional<TreePath> path =
          digest == null || !seen.add(digest) ? Optional.empty() : runtime.contentPath(digest);
      if (path.isPresent() && isOfCheckpoint(path.get())) {
        found(path.get(), sink);
      }
    }
  }

  private boolean isOfCheckpoint(TreePath path) {
    try {
      Optional<Lookup.Found> there = new Lookup(evidence.node()).tryFind(path);
      return there.isPresent() && Checkpoint.isIn(there.get().node().content());
    } catch (IOException e) {
      // who lists images is told of what is wrong with this one
      return false;
    }
  }

  private void expand(TreePath at, List<Name> names, int depth, Sink sink) throws IOException {
    if (depth == names.size()) {
      found(at, sink);
      return;
    }
    if (!names.get(depth).is(ANY)) {
      expand(at.child(names.get(depth)), names, depth + 1, sink);
      return;
    }
    Optional<Lookup.Found> directory = new Lookup(evidence.node()).tryFind(at);
    if (directory.isEmpty() || !directory.get().node().meta().isDirectory()) {
      return;
    }
    Node node = directory.get().node();
    for (Entry entry : node.list()) {
      expand(at.child(entry.name()), names, depth + 1, sink);
    }
    if (depth == names.size() - 1) {
      for (DeletedName each : node.deletedNames()) {
        deleted(at, each, sink);
      }
    }
  }

  private void found(TreePath path, Sink sink) throws IOException {
    Optional<Lookup.Found> there = new Lookup(evidence.node()).tryFind(path);
    if (there.isEmpty()) {
      return;
    }
    Node node = there.get().node();
    FileMeta meta = node.meta();
    try {
      for (Checkpoint each : Checkpoint.open(evidence.node(), path.bytes(), log)) {
        sink.take(new StoredCheckpoint(path, false, node, meta, each, container(each)));
      }
    } catch (IOException e) {
      log.add(e, node.origin());
      sink.take(new StoredCheckpoint(path, false, node, meta, null, null));
    }
  }

  private void deleted(TreePath directory, DeletedName name, Sink sink) throws IOException {
    TreePath path = directory.child(name.name());
    Entry.Target target = name.target();
    boolean own =
        name.state() == DeletedName.State.DELETED || name.state() == DeletedName.State.ORPHAN;
    Node node = target == null || !own ? null : target.read();
    FileMeta meta = node == null ? null : node.meta();
    sink.take(new StoredCheckpoint(path, true, node, meta, null, null));
  }

  private @Nullable Container container(Checkpoint checkpoint) {
    String id = checkpoint.facts().id();
    return id == null ? null : containers.get(id);
  }
}
