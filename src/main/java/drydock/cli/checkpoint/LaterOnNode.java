package drydock.cli.checkpoint;

import drydock.bytes.Origin;
import drydock.checkpoint.Checkpoint;
import drydock.checkpoint.criu.Rendered;
import drydock.checkpoint.diff.Difference;
import drydock.checkpoint.diff.LaterDiff;
import drydock.cli.select.Owned;
import drydock.evidence.ContainerMount;
import drydock.evidence.Evidence;
import drydock.evidence.MountStatus;
import drydock.evidence.frozen.FrozenRuntime;
import drydock.finding.FindingLog;
import drydock.runtime.Container;
import drydock.runtime.Mount;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import drydock.runtime.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a frozen container on its node.
 *
 * @param opened the checkpoint, with the disks of its node
 */
record LaterOnNode(Evidence opened, Checkpoint checkpoint, FindingLog log) {
  void tell(Difference.Sink sink) throws IOException {
    FrozenRuntime frozen = MergedRoots.runtime(opened);
    Evidence node = opened.nodeOfFrozen().orElseThrow(() -> MergedRoots.notThere("its node"));
    Container was = MergedRoots.container(frozen, checkpoint);
    Optional<Owned<Container>> is = later(node, was);
    LaterDiff diff = new LaterDiff(sink, log);
    String name = was.name() == null ? was.id() : was.name();
    Origin origin = is.isPresent() ? is.get().thing().origin() : node.origin();
    diff.container(name, before(was), is.isPresent() ? after(is.get().thing()) : null, origin);
    if (is.isPresent()) {
      Runtime runtime = is.get().runtime();
      diff.spec(frozen.spec(was), runtime.spec(is.get().thing()), origin);
      diff.mounts(mounts(opened, frozen, was), mounts(node, runtime, is.get().thing()));
      diff.files(frozen.rootFs(was), runtime.rootFs(is.get().thing()));
    }
  }

  /** Those that were there: not what the spec has and somebody had unmounted. */
  private static List<LaterDiff.Mounted> mounts(
      Evidence evidence, Runtime runtime, Container container) throws IOException {
    List<LaterDiff.Mounted> mounts = new ArrayList<>();
    for (ContainerMount each : evidence.mounts().of(runtime, container)) {
      Mount spec = each.spec();
      if (each.status() != MountStatus.UNMOUNTED) {
        mounts.add(
            new LaterDiff.Mounted(
                each.at().bytes(), spec.type(), spec.source(), spec.options(), container.origin()));
      }
    }
    return mounts;
  }

  /** The same container, or else the newest one of its name in its pod: it was made again. */
  private static Optional<Owned<Container>> later(Evidence node, Container was) throws IOException {
    List<Owned<Container>> all = Owned.all(node, Runtime::containers);
    Owned<Container> newest = null;
    for (Owned<Container> each : all) {
      if (each.thing().id().equals(was.id())) {
        return Optional.of(each);
      }
      if (isOfSameName(each.thing(), was)
          && (newest == null || attempt(each.thing()) > attempt(newest.thing()))) {
        newest = each;
      }
    }
    return Optional.ofNullable(newest);
  }

  private static boolean isOfSameName(Container one, Container other) {
    PodRef pod = one.pod();
    PodRef wanted = other.pod();
    return one.name() != null
        && one.name().equals(other.name())
        && pod != null
        && wanted != null
        && Objects.equals(pod.name(), wanted.name())
        && Objects.equals(pod.namespace(), wanted.namespace());
  }

  private static int attempt(Container container) {
    return container.attempt() == null ? 0 : container.attempt();
  }

  /** Frozen was what ran. */
  private Map<String, Rendered> before(Container was) {
    Map<String, Rendered> facts = new LinkedHashMap<>();
    put(facts, "id", was.id());
    put(facts, "status", Status.RUNNING.label());
    put(facts, "image", was.image());
    put(facts, "started", checkpoint.facts().started());
    return facts;
  }

  private Map<String, Rendered> after(Container is) {
    Map<String, Rendered> facts = new LinkedHashMap<>();
    put(facts, "id", is.id());
    put(facts, "status", is.state().status().label());
    put(facts, "image", is.image());
    if (checkpoint.facts().started() != null) {
      put(facts, "started", is.state().started());
    }
    put(facts, "finished", is.state().finished());
    put(facts, "exit_code", is.state().exitCode());
    put(facts, "reason", is.state().reason());
    return facts;
  }

  private static void put(Map<String, Rendered> facts, String name, @Nullable Object value) {
    if (value != null) {
      facts.put(name, new Rendered.Word(value.toString()));
    }
  }
}
