package drydock.timeline;

import drydock.finding.FindingLog;
import drydock.oci.Digest;
import drydock.runtime.Blob;
import drydock.runtime.Container;
import drydock.runtime.Image;
import drydock.runtime.ImageLayer;
import drydock.runtime.Lease;
import drydock.runtime.Pod;
import drydock.runtime.PodRef;
import drydock.runtime.Runtime;
import drydock.runtime.Snapshot;
import drydock.runtime.SnapshotLink;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an engine has to do with some containers: they themselves, their sandboxes, images, the
 * contents of these, and the snapshots that they are made of.
 */
final class Relatives {
  private final Set<String> containers = new HashSet<>();
  private final Set<String> images = new HashSet<>();
  private final Set<Digest> digests = new HashSet<>();
  private final Set<List<@Nullable String>> snapshots = new HashSet<>();

  /** Of these containers; what the engine cannot tell of one is a finding. */
  Relatives(Runtime runtime, List<Container> of, FindingLog log) {
    for (Container container : of) {
      containers.add(container.id());
      PodRef pod = container.pod();
      if (pod != null && pod.sandboxId() != null) {
        containers.add(pod.sandboxId());
      }
      if (container.image() != null) {
        images.add(container.image());
      }
      if (container.imageDigest() != null) {
        digests.add(container.imageDigest());
      }
      try {
        for (SnapshotLink link : runtime.chain(container)) {
          snapshots.add(key(link.snapshot()));
        }
        for (ImageLayer layer : runtime.history(container)) {
          if (layer.digest() != null) {
            digests.add(layer.digest());
          }
        }
      } catch (IOException e) {
        log.add(e, container.origin());
      }
    }
  }

  private static List<@Nullable String> key(Snapshot snapshot) {
    return java.util.Arrays.asList(snapshot.namespace(), snapshot.snapshotter(), snapshot.key());
  }

  boolean has(Container container) {
    return containers.contains(container.id());
  }

  boolean has(Pod pod) {
    return containers.contains(pod.sandboxId());
  }

  boolean has(Image image) {
    return images.contains(image.name())
        || (image.digest() != null && digests.contains(image.digest()));
  }

  boolean has(Snapshot snapshot) {
    return snapshots.contains(key(snapshot));
  }

  boolean has(Blob blob) {
    return blob.digest() != null && digests.contains(blob.digest());
  }

  /** A lease that keeps one of the snapshots or contents. */
  boolean has(Lease lease) {
    return lease.resources().stream().anyMatch(this::keeps);
  }

  private boolean keeps(String resource) {
    return digests.stream().map(Objects::toString).anyMatch(d -> resource.endsWith("/" + d))
        || snapshots.stream()
            .anyMatch(s -> resource.equals("snapshots/" + s.get(1) + "/" + s.get(2)));
  }
}
