package drydock.checkpoint;

/** Who asked CRIU for a checkpoint and packed it. */
public enum Engine {
  PODMAN("podman"),
  CRIO("cri-o"),
  CONTAINERD("containerd"),
  /** Nobody that left a trace: images of CRIU alone. */
  NONE("none");

  private final String label;

  Engine(String label) {
    this.label = label;
  }

  /** Its name in records. */
  public String label() {
    return label;
  }
}
