package drydock.fs.tar;

/**
 * What engines make of the root directory of a layer, of which most archives say nothing.
 *
 * <p>Source: Docker, daemon/graphdriver/overlay2/overlay.go; containers/storage,
 * drivers/overlay/overlay.go (defaultPerms); containerd, pkg/archive/tar.go and
 * plugins/snapshots/overlay/overlay.go.
 */
public enum LayerRoot {
  /** As the archive says, else as the layers below have it, else 0755. */
  DOCKER(0755, true),
  /** Always 0555 and root's, whatever the archive says: Podman and CRI-O. Tried with Podman 4.3. */
  CONTAINERS_STORAGE(0555, false),
  /** Always 0755 and root's, whatever the archive says. */
  CONTAINERD(0755, false);

  private final int permissions;
  private final boolean isSaid;

  LayerRoot(int permissions, boolean isSaid) {
    this.permissions = permissions;
    this.isSaid = isSaid;
  }

  /** Whether what an archive says of its root counts. */
  boolean isSaid() {
    return isSaid;
  }

  int permissions() {
    return permissions;
  }
}
