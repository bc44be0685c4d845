package drydock.provenance;

import drydock.evidence.ContainerMount;
import drydock.kubernetes.Volume;
import drydock.runtime.Pod;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a directory or file of the node is known as. */
sealed interface Anchor {
  /** A container that has a snapshot in its chain; {@code layer} null: not one of its layers. */
  record LayerUse(ContainerView view, @Nullable Integer layer) {}

  /** A snapshot's files. */
  record Files(Runtime runtime, List<Snapshot> snapshots, List<LayerUse> users) implements Anchor {
    Files(Runtime runtime) {
      this(runtime, new ArrayList<>(), new ArrayList<>());
    }
  }

  /** The directory that holds a snapshot's files and what belongs to them. */
  record Home(Files files) implements Anchor {}

  /** An engine's root. */
  record Root(Runtime runtime) implements Anchor {}

  /** A kubelet's root. */
  record KubeletRoot() implements Anchor {}

  /**
   * What is mounted in a container; not {@code shown}: what stands there for a part of a volume.
   */
  record Source(ContainerView view, ContainerMount mount, boolean shown) implements Anchor {}

  /** A container's log. */
  record LogFile(ContainerView view) implements Anchor {}

  /** The directory of a pod's logs. */
  record Logs(Pod pod) implements Anchor {}

  /** A volume, or where the node had it for all pods. */
  record OfVolume(Volume volume) implements Anchor {}
}
