package drydock.runtime.containerd.snapshot;

import java.util.Locale;

/**
 * What a snapshot is (containerd {@code core/snapshots/snapshotter.go}: view 1, active 2, committed
 * 3).
 */
public enum SnapshotKind {
  /** The database does not tell. */
  UNKNOWN,
  /** Read-only, of one user. */
  VIEW,
  /** Writable: a container's own layer. */
  ACTIVE,
  /** Finished: may be a parent. */
  COMMITTED;

  /** The kind of a database's byte. */
  public static SnapshotKind of(int stored) {
    return stored > 0 && stored < values().length ? values()[stored] : UNKNOWN;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
