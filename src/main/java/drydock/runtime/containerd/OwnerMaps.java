package drydock.runtime.containerd;

import drydock.finding.Finding;
import drydock.finding.FindingLog;
import drydock.fs.Node;
import drydock.overlay.Owners;
import drydock.overlay.Owners.Range;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom the image's files belong to in a container with a user namespace of its own. The labels of
 * its snapshot have the ranges as {@code CONTAINER:HOST:COUNT,...}; the snapshotter mounts the
 * layers below with them (containerd 2.x: core/snapshots/snapshotter.go, internal/userns/idmap.go,
 * plugins/snapshots/overlay/overlay.go).
 *
 * <p>Where the kernel cannot do that, containerd copies the image with other owners first. The
 * labels are the same then, and the uppermost directory of that copy belongs to the container's
 * root.
 */
record OwnerMaps(FindingLog log) {
  private static final String USERS = "containerd.io/snapshot/uidmapping";
  private static final String GROUPS = "containerd.io/snapshot/gidmapping";

  /** As many as the kernel takes (include/linux/user_namespace.h). */
  private static final int MAX_RANGES = 340;

  private static final long MAX_ID = 0xffff_ffffL;

  /** Of the layers below the first, which is the container's own. */
  Owners below(List<Snapshots.Located> chain) throws IOException {
    if (chain.size() < 2) {
      return Owners.AS_STORED;
    }
    Snapshots.Located own = chain.get(0);
    Optional<List<Range>> users = ranges(own, USERS);
    Optional<List<Range>> groups = ranges(own, GROUPS);
    if (users.isEmpty() || groups.isEmpty()) {
      return Owners.AS_STORED;
    }
    Owners owners = new Owners(users.get(), groups.get());
    return isCopied(chain.get(1).directory().directory(), owners) ? Owners.AS_STORED : owners;
  }

  private static boolean isCopied(@Nullable Node root, Owners owners) throws IOException {
    long user = root == null ? 0 : root.meta().uid();
    return user != 0 && user == owners.user(0);
  }

  /** Empty when there is such a label and it cannot be read, which is a finding. */
  private Optional<List<Range>> ranges(Snapshots.Located own, String label) {
    String text = own.snapshot().labels().getOrDefault(label, "");
    List<Range> ranges = new ArrayList<>();
    for (String each : text.isEmpty() ? new String[0] : text.split(",", MAX_RANGES + 1)) {
      Optional<Range> range = range(each);
      if (range.isEmpty()) {
        String what = "owners are shown as stored, for a label of the snapshot is no map of ids";
        String expected = "CONTAINER:HOST:COUNT";
        log.add(Finding.damage(own.snapshot().origin().child(label), 0, what, each, expected));
        return Optional.empty();
      }
      ranges.add(range.get());
    }
    return Optional.of(ranges);
  }

  private static Optional<Range> range(String text) {
    String[] numbers = text.split(":", -1);
    if (numbers.length != 3) {
      return Optional.empty();
    }
    try {
      long inside = Long.parseLong(numbers[0]);
      long outside = Long.parseLong(numbers[1]);
      long count = Long.parseLong(numbers[2]);
      boolean sound = inside >= 0 && outside >= 0 && count >= 0;
      boolean fits = inside <= MAX_ID && outside <= MAX_ID && count <= MAX_ID + 1;
      return sound && fits ? Optional.of(new Range(inside, outside, count)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
