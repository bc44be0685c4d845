package drydock.runtime.containerd.snapshot;

import java.util.List;

/** The one list of every snapshotter. */
public final class Snapshotters {
  private static final List<Snapshotter> ALL =
      List.of(
          new LayeredSnapshotter("overlayfs"),
          new WholeTreeSnapshotter("native", false),
          new WholeTreeSnapshotter("btrfs", true),
          new LayeredSnapshotter("fuse-overlayfs", "/var/lib/containerd-fuse-overlayfs-grpc"),
          new RemoteSnapshotter("erofs", "EROFS images, which are not read"),
          new RemoteSnapshotter("gcfs", "streamed from the registry (GKE image streaming)"),
          new RemoteSnapshotter(
              "stargz",
              "fetched from the registry as they are read (eStargz)",
              "/var/lib/containerd-stargz-grpc/snapshotter"),
          new RemoteSnapshotter(
              "soci",
              "fetched from the registry as they are read (SOCI)",
              "/var/lib/soci-snapshotter-grpc/snapshotter",
              "/var/lib/soci-snapshotter-grpc"),
          new RemoteSnapshotter(
              "nydus", "RAFS images, which are not read", "/var/lib/containerd-nydus"),
          new RemoteSnapshotter(
              "overlaybd", "block images (overlaybd), which are not read", "/var/lib/overlaybd"),
          new OpaqueSnapshotter("devmapper", "thin volumes of the device mapper, not files"),
          new OpaqueSnapshotter("zfs", "ZFS datasets, not files of this file system"),
          new OpaqueSnapshotter("blockfile", "disk images, which are not read"));

  private Snapshotters() {}

  public static List<Snapshotter> all() {
    return ALL;
  }

  /** The one of that name; one that is not in the list is taken for one that pulls lazily. */
  public static Snapshotter named(String name) {
    for (Snapshotter snapshotter : ALL) {
      if (snapshotter.name().equals(name)) {
        return snapshotter;
      }
    }
    return new RemoteSnapshotter(name, "kept in a way that is not known");
  }
}
