package drydock.runtime.containerd;

import drydock.bolt.Bucket;
import drydock.bytes.Origin;
import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.runtime.Orders;
import drydock.runtime.Snapshot;
import drydock.runtime.containerd.snapshot.SnapshotDirectory;
import drydock.runtime.containerd.snapshot.SnapshotKind;
import drydock.runtime.containerd.snapshot.Snapshotter;
import drydock.runtime.containerd.snapshot.Snapshotters;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots: who has them and under which key says meta.db, what and where they are says the
 * snapshotter's own metadata.db. Either may be lost; what the other tells is still given.
 */
final class Snapshots {
  private static final String ROOT_PREFIX = "io.containerd.snapshotter.v1.";

  /** A snapshot that was found, and its files. */
  record Located(Snapshot snapshot, SnapshotDirectory directory, SnapshotStore store) {}

  private final EngineDirectory engine;
  private final MetadataDatabase database;
  private final ContainerRecords records;
  private final EngineSettings settings;
  private final FindingLog log;
  private final Map<String, SnapshotStore> stores = new HashMap<>();
  private final Once<Map<String, List<String>>> users = new Once<>(this::readUsers);
  private final Once<Map<String, BackendSnapshot>> strays = new Once<>(this::readStrays);

  Snapshots(
      EngineDirectory engine,
      MetadataDatabase database,
      ContainerRecords records,
      EngineSettings settings,
      FindingLog log) {
    this.engine = engine;
    this.database = database;
    this.records = records;
    this.settings = settings;
    this.log = log;
  }

  List<Snapshot> list() throws IOException {
    List<Snapshot> list = new ArrayList<>();
    Map<String, Map<String, BackendSnapshot>> backends = new TreeMap<>();
    for (String snapshotter : snapshottersOnDisk()) {
      backends.put(snapshotter, store(snapshotter).all());
    }
    Set<BackendSnapshot> named = Collections.newSetFromMap(new IdentityHashMap<>());
    for (String namespace : database.namespaces()) {
      database.forEach(
          database.bucket(namespace, "snapshots"),
          (snapshotter, keys) -> {
            Map<String, BackendSnapshot> known = backends.getOrDefault(snapshotter, Map.of());
            database.forEach(
                Optional.of(keys),
                (key, bucket) -> {
                  Fields fields = Fields.of(bucket);
                  BackendSnapshot backend = known.get(String.valueOf(fields.text("name")));
                  if (backend != null) {
                    named.add(backend);
                  }
                  Optional<BackendSnapshot> found = Optional.ofNullable(backend);
                  list.add(located(namespace, snapshotter, key, fields, found).snapshot());
                });
          });
    }
    for (Map.Entry<String, Map<String, BackendSnapshot>> entry : backends.entrySet()) {
      addUnnamed(store(entry.getKey()), entry.getValue(), named, list);
    }
    list.sort(Orders.SNAPSHOTS);
    return List.copyOf(list);
  }

  /** The snapshot of a key; empty when no database knows it. */
  Optional<Located> find(String namespace, String snapshotter, String key) throws IOException {
    Optional<Bucket> bucket = database.bucket(namespace, "snapshots", snapshotter, key);
    if (bucket.isPresent()) {
      Fields fields = Fields.of(bucket.get());
      String name = fields.text("name");
      Optional<BackendSnapshot> backend =
          name == null ? Optional.empty() : store(snapshotter).find(name);
      return Optional.of(located(namespace, snapshotter, key, fields, backend));
    }
    BackendSnapshot stray = strays.get().get(nameOf(namespace, snapshotter, key));
    return stray == null ? Optional.empty() : Optional.of(located(store(snapshotter), stray));
  }

  /** Why the files of one cannot be read; empty where no record of it says where they are. */
  Optional<String> absence(Snapshot snapshot) throws IOException {
    String namespace = snapshot.namespace();
    Optional<Located> found =
        namespace == null
            ? Optional.empty()
            : find(namespace, snapshot.snapshotter(), snapshot.key());
    return found.isEmpty()
        ? Optional.empty()
        : found.get().store().snapshotter().absence(found.get().directory());
  }

  /** The snapshotter that has a key in a namespace, for a container that does not say. */
  Optional<String> snapshotterOf(String namespace, String key) throws IOException {
    String recorded = snapshotterWithKey(namespace, key);
    if (recorded != null) {
      return Optional.of(recorded);
    }
    for (String name : snapshottersOnDisk()) {
      if (strays.get().containsKey(nameOf(namespace, name, key))) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  SnapshotStore store(String snapshotter) {
    synchronized (stores) {
      return stores.computeIfAbsent(
          snapshotter,
          name ->
              new SnapshotStore(
                  Snapshotters.named(name), settings.snapshotterRoots().get(name), engine, log));
    }
  }

  private Located located(
      String namespace,
      String snapshotter,
      String key,
      Fields fields,
      Optional<BackendSnapshot> backend)
      throws IOException {
    SnapshotStore store = store(snapshotter);
    Origin origin =
        fields.origin().child("v1/" + namespace + "/snapshots/" + snapshotter + "/" + key);
    if (backend.isEmpty()) {
      reportUnlocated(store, origin, key, fields.text("name"));
    }
    SortedMap<String, String> labels =
        merged(backend.isEmpty() ? Map.of() : backend.get().labels(), fields.map("labels"));
    String parent = fields.text("parent");
    if (parent == null && backend.isPresent() && backend.get().parent() != null) {
      parent = BackendSnapshot.keyOf(backend.get().parent());
    }
    return located(
        store,
        new Known(
            namespace,
            key,
            parent,
            first(fields.time("createdat"), backend.map(BackendSnapshot::created).orElse(null)),
            first(fields.time("updatedat"), backend.map(BackendSnapshot::updated).orElse(null)),
            labels,
            origin),
        backend.orElse(null));
  }

  private static SortedMap<String, String> merged(
      Map<String, String> under, Map<String, String> over) {
    if (under.isEmpty() && over.isEmpty()) {
      return Collections.emptySortedMap();
    }
    SortedMap<String, String> both = new TreeMap<>(under);
    both.putAll(over);
    return both;
  }

  private void reportUnlocated(
      SnapshotStore store, Origin origin, String key, @Nullable String name) throws IOException {
    String snapshotter = store.snapshotter().name();
    if (store.isReadable()) {
      String what =
          "snapshot " + key + " (" + snapshotter + ") is not in its metadata.db as " + name;
      log.add(Finding.missing(origin, what));
    } else {
      String what =
          "where the snapshots of " + snapshotter + " lie: there is no metadata.db to read";
      log.add(Finding.missing(engine.origin(), what));
    }
  }

  private Located located(SnapshotStore store, BackendSnapshot backend) throws IOException {
    return located(
        store,
        new Known(
            BackendSnapshot.namespaceOf(backend.name()),
            BackendSnapshot.keyOf(backend.name()),
            backend.parent() == null ? null : BackendSnapshot.keyOf(backend.parent()),
            backend.created(),
            backend.updated(),
            backend.labels(),
            backend.origin()),
        backend);
  }

  private record Known(
      @Nullable String namespace,
      String key,
      @Nullable String parent,
      @Nullable Instant created,
      @Nullable Instant updated,
      SortedMap<String, String> labels,
      Origin origin) {}

  private Located located(SnapshotStore store, Known known, @Nullable BackendSnapshot backend)
      throws IOException {
    SnapshotKind kind = backend == null ? SnapshotKind.UNKNOWN : backend.kind();
    String id = backend == null ? null : backend.id();
    SnapshotDirectory directory = store.directory(known.key, kind, known.labels, id);
    Snapshotter snapshotter = store.snapshotter();
    List<String> usedBy =
        users.get().getOrDefault(nameOf(known.namespace, snapshotter.name(), known.key), List.of());
    Snapshot snapshot =
        new Snapshot(
            known.namespace,
            snapshotter.name(),
            known.key,
            known.parent,
            kind.label(),
            id,
            backend == null ? null : backend.size(),
            backend == null ? null : backend.inodes(),
            known.created,
            known.updated,
            known.labels,
            directory.path(),
            snapshotter.absence(directory).isEmpty(),
            usedBy,
            known.origin);
    return new Located(snapshot, directory, store);
  }

  private static @Nullable Instant first(@Nullable Instant one, @Nullable Instant other) {
    return one == null ? other : one;
  }

  /** What only a snapshotter's database, or only a directory, tells of. */
  private void addUnnamed(
      SnapshotStore store,
      Map<String, BackendSnapshot> all,
      Set<BackendSnapshot> named,
      List<Snapshot> list)
      throws IOException {
    for (BackendSnapshot backend : all.values()) {
      if (!named.contains(backend)) {
        list.add(located(store, backend).snapshot());
      }
    }
    if (!store.isReadable()) {
      for (String id : store.directoryIds()) {
        list.add(byDirectory(store, id));
      }
    }
  }

  private Snapshot byDirectory(SnapshotStore store, String id) throws IOException {
    SnapshotDirectory directory = store.directory(id, SnapshotKind.UNKNOWN, Map.of(), id);
    Origin origin = engine.originOf(directory.path() == null ? "" : directory.path());
    return new Snapshot(
        null,
        store.snapshotter().name(),
        id,
        null,
        SnapshotKind.UNKNOWN.label(),
        id,
        null,
        null,
        null,
        null,
        Map.of(),
        directory.path(),
        directory.directory() != null,
        List.of(),
        origin);
  }

  private TreeSet<String> snapshottersOnDisk() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (String entry : engine.names("")) {
      if (entry.startsWith(ROOT_PREFIX)) {
        names.add(entry.substring(ROOT_PREFIX.length()));
      }
    }
    for (Snapshotter known : Snapshotters.all()) {
      names.add(known.name());
    }
    names.removeIf(name -> name.isEmpty());
    TreeSet<String> used = new TreeSet<>();
    for (String name : names) {
      if (store(name).exists()) {
        used.add(name);
      }
    }
    return used;
  }

  /** What the snapshotters' databases tell, for what meta.db does not. */
  private Map<String, BackendSnapshot> readStrays() throws IOException {
    Map<String, BackendSnapshot> found = new HashMap<>();
    for (String snapshotter : snapshottersOnDisk()) {
      store(snapshotter)
          .forEach(
              backend -> {
                String namespace = BackendSnapshot.namespaceOf(backend.name());
                String key = BackendSnapshot.keyOf(backend.name());
                found.put(nameOf(namespace, snapshotter, key), backend);
              });
    }
    return found;
  }

  private Map<String, List<String>> readUsers() throws IOException {
    Map<String, List<String>> ids = new HashMap<>();
    records.forEachBucket(
        (namespace, id, bucket) -> {
          String snapshotter = Fields.text(bucket, "snapshotter");
          String key = Fields.text(bucket, "snapshotKey");
          String used = key == null ? id : key;
          if (snapshotter == null) {
            snapshotter = snapshotterWithKey(namespace, used);
          }
          ids.computeIfAbsent(nameOf(namespace, snapshotter, used), name -> new ArrayList<>())
              .add(id);
        });
    return ids;
  }

  private @Nullable String snapshotterWithKey(String namespace, String key) throws IOException {
    Optional<Bucket> all = database.bucket(namespace, "snapshots");
    if (all.isPresent()) {
      for (Bucket snapshotter : all.get().buckets()) {
        if (snapshotter.bucket(key).isPresent()) {
          return snapshotter.nameText();
        }
      }
    }
    return null;
  }

  private static String nameOf(
      @Nullable String namespace, @Nullable String snapshotter, String key) {
    return namespace + "\n" + snapshotter + "\n" + key;
  }
}
