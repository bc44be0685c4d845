package drydock.checkpoint.executable;

/** Where a file is that a process maps. */
public enum FileSource {
  /** In an image of CRIU, since no name led to it any more. */
  GHOST("ghost"),
  /** Among what changed in the container's root. */
  ROOT_CHANGES("rootfs-diff"),
  /** In the engine's archive of {@code /dev/shm}. */
  SHARED_MEMORY("dev-shm"),
  /** In the layers of the image, on the node's disk or saved. */
  LAYERS("layers"),
  /** In a volume, on the node's disk: younger than the checkpoint. */
  VOLUME("volume"),
  /** Nowhere: only pages of it that were dumped are known. */
  MEMORY("memory");

  private final String label;

  FileSource(String label) {
    this.label = label;
  }

  /** As records name it. */
  public String label() {
    return label;
  }
}
