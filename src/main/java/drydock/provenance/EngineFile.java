package drydock.provenance;

import drydock.fs.Name;
import drydock.oci.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a path below an engine's root stands for, by its names alone.
 *
 * @param id of the container, sandbox or snapshot
 * @param digest of content
 */
record EngineFile(Kind kind, @Nullable String id, @Nullable Digest digest) {
  private static final String PLUGIN = "io.containerd.";

  /** The names are those below the root of a containerd. */
  static EngineFile of(List<Name> below) {
    List<String> names = below.stream().map(Name::toString).toList();
    String plugin = names.isEmpty() ? "" : names.get(0);
    if (plugin.startsWith(PLUGIN + "content.")) {
      return content(names);
    }
    if (plugin.startsWith(PLUGIN + "snapshotter.")) {
      return snapshotter(names);
    }
    if (plugin.startsWith(PLUGIN + "metadata.")) {
      return plain(at(names, 1, "meta.db") ? Kind.DATABASE : Kind.ENGINE);
    }
    if (plugin.startsWith(PLUGIN + "grpc.v1.cri") && names.size() > 2) {
      return cri(names);
    }
    if (plugin.startsWith(PLUGIN + "runtime.v2.task") && names.size() > 2) {
      return new EngineFile(Kind.CONTAINER_STATE, names.get(2), null);
    }
    return plain(Kind.ENGINE);
  }

  private static EngineFile content(List<String> names) {
    if (at(names, 1, "ingest") && names.size() > 2) {
      return plain(Kind.INGEST);
    }
    Optional<Digest> digest =
        at(names, 1, "blobs") && names.size() == 4
            ? Digest.parse(names.get(2) + ":" + names.get(3))
            : Optional.empty();
    return digest
        .map(known -> new EngineFile(Kind.CONTENT, null, known))
        .orElse(plain(Kind.ENGINE));
  }

  private static EngineFile snapshotter(List<String> names) {
    if (at(names, names.size() - 1, "metadata.db")) {
      return plain(Kind.DATABASE);
    }
    int directory = names.indexOf("snapshots");
    return directory > 0 && names.size() > directory + 1
        ? new EngineFile(Kind.SNAPSHOT, names.get(directory + 1), null)
        : plain(Kind.ENGINE);
  }

  private static EngineFile cri(List<String> names) {
    String id = names.get(2);
    if (at(names, 1, "sandboxes")) {
      return new EngineFile(Kind.SANDBOX_STATE, id, null);
    }
    if (!at(names, 1, "containers")) {
      return plain(Kind.ENGINE);
    }
    Kind kind = at(names, 3, "volumes") ? Kind.IMAGE_VOLUME : Kind.CONTAINER_STATE;
    return new EngineFile(kind, id, null);
  }

  private static EngineFile plain(Kind kind) {
    return new EngineFile(kind, null, null);
  }

  private static boolean at(List<String> names, int index, String name) {
    return index >= 0 && index < names.size() && names.get(index).equals(name);
  }
}
