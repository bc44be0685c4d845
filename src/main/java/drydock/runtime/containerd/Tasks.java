package drydock.runtime.containerd;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which containers had a task: containerd makes a directory {@code NAMESPACE/ID} for a task's
 * working files and removes it when the task is deleted (containerd {@code
 * core/runtime/v2/bundle.go}). It does not tell whether the task still ran.
 */
final class Tasks {
  private static final List<String> ROOTS =
      List.of(
          "io.containerd.runtime.v2.task",
          "io.containerd.runtime.v1.linux",
          "io.containerd.sandbox.controller.v1.shim");

  private final EngineDirectory engine;
  private final Map<String, Set<String>> idsByNamespace = new HashMap<>();

  Tasks(EngineDirectory engine) {
    this.engine = engine;
  }

  /** Whether there was a task at acquisition; empty when the disk keeps no such directories. */
  Optional<Boolean> had(String namespace, String id) throws IOException {
    for (String root : ROOTS) {
      if (ids(root, namespace).contains(id)) {
        return Optional.of(true);
      }
    }
    boolean kept =
        engine.directory(ROOTS.get(0)).isPresent() || engine.directory(ROOTS.get(1)).isPresent();
    return kept ? Optional.of(false) : Optional.empty();
  }

  private synchronized Set<String> ids(String root, String namespace) throws IOException {
    String path = root + "/" + namespace;
    Set<String> ids = idsByNamespace.get(path);
    if (ids == null) {
      ids = new HashSet<>(engine.names(path));
      idsByNamespace.put(path, ids);
    }
    return ids;
  }
}
