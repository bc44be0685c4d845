package drydock.runtime.containerd;

import drydock.bolt.BoltFile;
import drydock.bolt.Bucket;
import drydock.bolt.EntryVisitor;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.runtime.containerd.snapshot.SnapshotDirectory;
import drydock.runtime.containerd.snapshot.SnapshotKind;
import drydock.runtime.containerd.snapshot.Snapshotter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One snapshotter's root on the node: its database and its directories. */
final class SnapshotStore {
  private static final String DATABASE = "metadata.db";
  private static final String SNAPSHOTS = "snapshots";

  /** Is shown each snapshot. */
  @FunctionalInterface
  interface Visitor {
    void visit(BackendSnapshot snapshot) throws IOException;
  }

  private final Snapshotter snapshotter;
  private final @Nullable String said;
  private final EngineDirectory engine;
  private final FindingLog log;
  private final Once<String> root = new Once<>(this::findRoot);
  private final Once<Optional<Bucket>> snapshots = new Once<>(this::open);
  private final Map<String, Optional<Node>> holders = new HashMap<>();

  /** {@code said}: the root that a configuration file says; null when none does. */
  SnapshotStore(
      Snapshotter snapshotter, @Nullable String said, EngineDirectory engine, FindingLog log) {
    this.snapshotter = snapshotter;
    this.said = said;
    this.engine = engine;
    this.log = log;
  }

  Snapshotter snapshotter() {
    return snapshotter;
  }

  /** Whether the snapshotter has a root with anything in it. */
  boolean exists() throws IOException {
    return !engine.names(root.get()).isEmpty();
  }

  /** Whether its database can be read. */
  boolean isReadable() throws IOException {
    return snapshots.get().isPresent();
  }

  /** All snapshots by their names, read in one go: for who asks for most of them. */
  Map<String, BackendSnapshot> all() throws IOException {
    listDirectories();
    Map<String, BackendSnapshot> byName = new HashMap<>();
    forEach(snapshot -> byName.put(snapshot.name(), snapshot));
    return byName;
  }

  Optional<BackendSnapshot> find(String name) throws IOException {
    Optional<Bucket> all = snapshots.get();
    Optional<Bucket> one = all.isEmpty() ? Optional.empty() : all.get().bucket(name);
    return one.isEmpty() ? Optional.empty() : Optional.of(BackendSnapshot.decode(name, one.get()));
  }

  /** Shows all snapshots; one that is damaged is a finding and the next one follows. */
  void forEach(Visitor visitor) throws IOException {
    Optional<Bucket> all = snapshots.get();
    if (all.isPresent()) {
      all.get().forEach(new Each(visitor, log));
    }
  }

  /** Has the tree read all names at once: then it looks up each of them in memory. */
  private void listDirectories() throws IOException {
    Optional<Node> directory = engine.directory(root.get() + "/" + SNAPSHOTS);
    try {
      if (directory.isPresent()) {
        directory.get().list();
      }
    } catch (IOException e) {
      log.add(e, directory.get().origin());
    }
  }

  /** The numbers that have a directory; for when no database tells. */
  List<String> directoryIds() throws IOException {
    return engine.names(root.get() + "/" + SNAPSHOTS);
  }

  /** A snapshot's place on the node and what is there. */
  SnapshotDirectory directory(
      String key, SnapshotKind kind, Map<String, String> labels, @Nullable String id)
      throws IOException {
    if (id == null) {
      return new SnapshotDirectory(key, kind, labels, null, null, null);
    }
    String below = snapshotter.directory(kind, id);
    Node at = engine.directory(root.get()).orElse(null);
    Node parent = at;
    StringBuilder path = new StringBuilder(engine.path(root.get()));
    int from = 0;
    while (from <= below.length()) {
      int slash = below.indexOf('/', from);
      int end = slash < 0 ? below.length() : slash;
      String name = below.substring(from, end);
      path.append('/').append(name);
      parent = at;
      if (at != null) {
        boolean holdsAll = from == 0 && slash >= 0;
        at = holdsAll ? holder(at, path.toString(), name) : directoryIn(at, path.toString(), name);
      }
      from = end + 1;
    }
    return new SnapshotDirectory(key, kind, labels, path.toString(), at, parent);
  }

  /** The directory that all snapshots lie in, looked for once. */
  private @Nullable Node holder(Node parent, String path, String name) throws IOException {
    synchronized (holders) {
      Optional<Node> known = holders.get(name);
      if (known == null) {
        known = Optional.ofNullable(directoryIn(parent, path, name));
        holders.put(name, known);
      }
      return known.orElse(null);
    }
  }

  private @Nullable Node directoryIn(Node parent, String path, String name) throws IOException {
    try {
      Optional<Found> found = engine.child(parent, path, name);
      return found.isPresent() && found.get().isDirectory() ? found.get().node() : null;
    } catch (IOException e) {
      log.add(e, parent.origin().child(name));
      return null;
    }
  }

  private String findRoot() throws IOException {
    List<String> roots = new ArrayList<>(snapshotter.roots(engine.root()));
    if (said != null) {
      roots.add(0, said);
    }
    for (String candidate : roots) {
      if (engine.file(candidate + "/" + DATABASE).isPresent()) {
        return candidate;
      }
    }
    for (String candidate : roots) {
      if (engine.directory(candidate + "/" + SNAPSHOTS).isPresent()) {
        return candidate;
      }
    }
    return roots.get(0);
  }

  private Optional<Bucket> open() throws IOException {
    String path = root.get() + "/" + DATABASE;
    Optional<Node> file = engine.file(path);
    Origin origin = engine.originOf(path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      BoltFile database = BoltFile.open(file.get().content(), log);
      Optional<Bucket> v1 = database.root().bucket("v1");
      Optional<Bucket> bucket = v1.isEmpty() ? v1 : v1.get().bucket("snapshots");
      if (bucket.isEmpty()) {
        log.add(Finding.damage(origin, 0, "metadata.db has no bucket v1/snapshots"));
      }
      return bucket;
    } catch (IOException e) {
      log.add(e, origin);
      return Optional.empty();
    }
  }

  private record Each(Visitor visitor, FindingLog log) implements EntryVisitor {
    @Override
    public void bucket(Bucket bucket) {
      try {
        visitor.visit(BackendSnapshot.decode(bucket.nameText(), bucket));
      } catch (IOException e) {
        log.add(e, bucket.origin());
      }
    }
  }
}
