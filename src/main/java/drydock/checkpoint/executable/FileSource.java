package drydock.checkpoint.executable;

/** Where an archive has the file of an executable. */
public enum FileSource {
  /** In an image of CRIU, since no name led to it any more. */
  GHOST("ghost"),
  /** Among what changed in the container's root. */
  ROOT_CHANGES("rootfs-diff"),
  /** In the engine's archive of {@code /dev/shm}. */
  SHARED_MEMORY("dev-shm"),
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
