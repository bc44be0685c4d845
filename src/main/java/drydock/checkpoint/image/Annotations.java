package drydock.checkpoint.image;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Engine;
import drydock.oci.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects annotations: those of checkpointctl, and Podman's own where Podman made it. */
final class Annotations {
  private static final String ALL = "org.criu.checkpoint.";
  private static final String PODMAN = "io.podman.annotations.checkpoint.";

  private final SortedMap<String, String> known = new TreeMap<>();
  private final List<String> unknown = new ArrayList<>();

  Annotations(
      Checkpoint checkpoint, Optional<Fields> config, DumpLog log, @Nullable String architecture) {
    ContainerFacts facts = checkpoint.facts();
    put(ALL + "engine.name", engineName(checkpoint.engine()));
    put(ALL + "engine.version", null);
    put(ALL + "container.name", facts.name());
    put(ALL + "pod.name", facts.pod());
    put(ALL + "pod.id", facts.podId());
    put(ALL + "pod.namespace", facts.namespace());
    put(ALL + "pod.uid", facts.podUid());
    put(
        ALL + "rootfsImageUserRequested",
        config.map(each -> each.text("rootfsImage")).orElse(null));
    put(ALL + "rootfsImageSha", null);
    image(ALL, facts, config);
    put(ALL + "host.arch", architecture);
    put(ALL + "host.kernel", log.kernel());
    put(ALL + "criu.version", log.version());
    host(ALL, "cgroup.version");
    if (checkpoint.engine() == Engine.PODMAN) {
      put(PODMAN + "name", facts.name());
      put(PODMAN + "podman.version", null);
      image(PODMAN, facts, config);
      put(PODMAN + "host.arch", architecture);
      put(PODMAN + "host.kernel", log.kernel());
      put(PODMAN + "criu.version", null);
      host(PODMAN, "cgroups.version");
    }
  }

  /** What both name alike. */
  private void image(String prefix, ContainerFacts facts, Optional<Fields> config) {
    put(prefix + "rawImageName", config.map(each -> each.text("RawImageName")).orElse(null));
    put(prefix + "rootfsImageID", facts.imageId());
    put(prefix + "rootfsImageName", facts.image());
    put(prefix + "runtime.name", facts.runtime());
  }

  /** What no file of a checkpoint tells. */
  private void host(String prefix, String cgroups) {
    for (String each :
        List.of("runtime.version", "conmon.version", "distribution.name", "distribution.version")) {
      put(prefix + each, null);
    }
    put(prefix + cgroups, null);
  }

  /** As checkpointctl writes them. */
  private static @Nullable String engineName(Engine engine) {
    return switch (engine) {
      case PODMAN -> "Podman";
      case CRIO -> "CRI-O";
      case CONTAINERD -> "containerd";
      case NONE -> null;
    };
  }

  private void put(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      unknown.add(name);
    } else {
      known.put(name, value);
    }
  }

  SortedMap<String, String> all() {
    return known;
  }

  /** In the order of their names. */
  List<String> leftOut() {
    return unknown.stream().sorted().toList();
  }
}
