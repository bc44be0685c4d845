package drydock.evidence.frozen;

import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.ContainerFacts;
import drydock.checkpoint.Engine;
import drydock.oci.Digest;
import drydock.oci.RuntimeSpec;
import drydock.runtime.Container;
import drydock.runtime.ContainerState;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Role;
import drydock.runtime.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the records of containers and pods of what a checkpoint says. */
final class FrozenContainer {
  /** Where containerd's CRI keeps all containers. */
  private static final String CRI_NAMESPACE = "k8s.io";

  private FrozenContainer() {}

  /** A container: that it was frozen proves that it ran. */
  static Container of(Checkpoint checkpoint, @Nullable RuntimeSpec spec) {
    ContainerFacts facts = checkpoint.facts();
    boolean inPod = facts.pod() != null || facts.podId() != null;
    Long restarts = facts.restarts();
    return new Container(
        checkpoint.engine().label(),
        inPod && checkpoint.engine() == Engine.CONTAINERD ? CRI_NAMESPACE : "",
        facts.id() == null ? checkpoint.origin().label() : facts.id(),
        facts.name(),
        inPod ? new PodRef(facts.namespace(), facts.pod(), facts.podUid(), facts.podId()) : null,
        restarts == null ? null : Integer.valueOf((int) Math.min(restarts, Integer.MAX_VALUE)),
        facts.image(),
        digest(facts).orElse(null),
        spec == null ? List.of() : spec.args(),
        new ContainerState(
            Status.RUNNING, facts.created(), facts.started(), null, null, null, null, null),
        null,
        Role.WORKLOAD,
        facts.labels(),
        facts.annotations(),
        null,
        null,
        facts.runtime(),
        facts.hostname(),
        facts.logPath(),
        checkpoint.origin());
  }

  private static Optional<Digest> digest(ContainerFacts facts) {
    String named = facts.imageDigest() == null ? facts.imageId() : facts.imageDigest();
    return named == null ? Optional.empty() : Digest.parse(named.substring(named.indexOf('@') + 1));
  }

  /** The pods of containers: as the node has them, or else what the containers say. */
  static List<Pod> pods(List<Container> containers, List<Pod> ofNode) {
    List<Pod> pods = new ArrayList<>();
    for (Container each : containers) {
      PodRef ref = each.pod();
      String sandbox = ref == null ? null : ref.sandboxId();
      boolean known = pods.stream().anyMatch(pod -> pod.sandboxId().equals(sandbox));
      if (ref != null && sandbox != null && !known) {
        pods.add(
            ofNode.stream()
                .filter(pod -> pod.sandboxId().equals(sandbox))
                .findFirst()
                .orElseGet(() -> pod(each, ref, sandbox)));
      }
    }
    return List.copyOf(pods);
  }

  private static Pod pod(Container container, PodRef ref, String sandbox) {
    return new Pod(
        container.engine(),
        container.namespace(),
        ref.namespace(),
        ref.name(),
        ref.uid(),
        sandbox,
        null,
        null,
        "unknown",
        List.of(),
        null,
        List.of(container.id()),
        Map.of(),
        Map.of(),
        null,
        container.hostname(),
        null,
        container.origin());
  }
}
